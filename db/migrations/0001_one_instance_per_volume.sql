-- A volume that is not multiattach is held by one instance at most, however many records it has (a live migration has
-- two for one instance). A record without an instance holds it for itself.
ALTER TABLE "attachments" ADD CONSTRAINT "attachment_one_instance_per_volume"
  EXCLUDE USING gist ("volume_id" WITH =, (coalesce("instance_id", "id")) WITH <>)
  WHERE ("deleted_at" IS NULL AND NOT "multiattach" AND "quarantine" IS NULL);
