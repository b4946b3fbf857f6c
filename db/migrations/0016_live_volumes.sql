DROP INDEX "operation_one_running";--> statement-breakpoint
-- What has been left behind is ended, as the deletion of its volume should have done.
UPDATE "attachments" a SET "attach_status" = 'detached', "deleted_at" = now(), "updated_at" = now()
  FROM "volumes" v WHERE v."id" = a."volume_id" AND v."deleted_at" IS NOT NULL AND a."deleted_at" IS NULL AND a."quarantine" IS NULL;--> statement-breakpoint
ALTER TABLE "attachments" ADD COLUMN "live" boolean GENERATED ALWAYS AS (case when deleted_at is null and quarantine is null then true end) STORED;--> statement-breakpoint
ALTER TABLE "volumes" ADD COLUMN "live" boolean GENERATED ALWAYS AS (case when deleted_at is null then true end) STORED;--> statement-breakpoint
ALTER TABLE "volumes" ADD CONSTRAINT "volume_with_live" UNIQUE("id","live");--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachment_of_live_volume" FOREIGN KEY ("volume_id","live") REFERENCES "public"."volumes"("id","live") ON DELETE no action ON UPDATE no action;
