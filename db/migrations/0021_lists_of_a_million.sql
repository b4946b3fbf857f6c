DROP INDEX "volumes_project_created";--> statement-breakpoint
DROP INDEX "volumes_created";--> statement-breakpoint
DROP INDEX "volumes_project_status";--> statement-breakpoint
DROP INDEX "volumes_status";--> statement-breakpoint
DROP INDEX "volumes_project_name";--> statement-breakpoint
DROP INDEX "volumes_name";--> statement-breakpoint
DROP INDEX "volumes_project_size";--> statement-breakpoint
DROP INDEX "volumes_size";--> statement-breakpoint
ALTER TABLE "attachments" ADD COLUMN "project_id" text;--> statement-breakpoint
UPDATE "attachments" a SET "project_id" = v."project_id" FROM "volumes" v WHERE v."id" = a."volume_id";--> statement-breakpoint
CREATE FUNCTION "attachment_takes_project"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."project_id" := (SELECT v."project_id" FROM "volumes" v WHERE v."id" = NEW."volume_id");
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER "attachment_takes_project" BEFORE INSERT OR UPDATE OF "volume_id", "project_id" ON "attachments"
  FOR EACH ROW EXECUTE FUNCTION "attachment_takes_project"();--> statement-breakpoint
-- A volume that changes hands takes its attachments along, also those that are history.
CREATE FUNCTION "volume_gives_project"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "attachments" SET "project_id" = NEW."project_id" WHERE "volume_id" = NEW."id";
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "volume_gives_project" AFTER UPDATE OF "project_id" ON "volumes"
  FOR EACH ROW WHEN (OLD."project_id" IS DISTINCT FROM NEW."project_id") EXECUTE FUNCTION "volume_gives_project"();--> statement-breakpoint
CREATE INDEX "attachments_project_created" ON "attachments" USING btree ("project_id","created_at","id") WHERE "attachments"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "servers_project_host" ON "servers" USING btree ("project_id","host") WHERE "servers"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "operations_project_unusual" ON "operations" USING btree ("project_id","started_at","id") WHERE "operations"."outcome" <> 'succeeded';--> statement-breakpoint
CREATE INDEX "operations_unusual" ON "operations" USING btree ("started_at","id") WHERE "operations"."outcome" <> 'succeeded';--> statement-breakpoint
CREATE INDEX "operations_action" ON "operations" USING btree ("action","started_at","id");--> statement-breakpoint
CREATE INDEX "operations_request" ON "operations" USING btree ("request_id" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "operations_names_trgm" ON "operations" USING gin ("server_name" gin_trgm_ops,"volume_name" gin_trgm_ops,"user_name" gin_trgm_ops,"service_id" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "volumes_usage" ON "volumes" USING btree ("project_id","consumes_quota","volume_type_id","size_gib") WHERE "volumes"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "volumes_project_created" ON "volumes" USING btree ("project_id","created_at","id") WHERE "volumes"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "volumes_created" ON "volumes" USING btree ("created_at","id") WHERE "volumes"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "volumes_project_status" ON "volumes" USING btree ("project_id","status","created_at","id") WHERE "volumes"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "volumes_status" ON "volumes" USING btree ("status","created_at","id") WHERE "volumes"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "volumes_project_name" ON "volumes" USING btree ("project_id","name","id") WHERE "volumes"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "volumes_name" ON "volumes" USING btree ("name","id") WHERE "volumes"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "volumes_project_size" ON "volumes" USING btree ("project_id","size_gib","id") WHERE "volumes"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "volumes_size" ON "volumes" USING btree ("size_gib","id") WHERE "volumes"."deleted_at" is null;