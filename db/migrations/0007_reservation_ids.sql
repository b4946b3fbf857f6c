ALTER TABLE "quota_reservations" DROP CONSTRAINT "quota_reservation_once";--> statement-breakpoint
ALTER TABLE "quota_reservations" DROP CONSTRAINT "quota_reservation_known_service";--> statement-breakpoint
DROP INDEX "quota_reservations_project";--> statement-breakpoint
ALTER TABLE "quota_reservations" DROP COLUMN "id";--> statement-breakpoint
ALTER TABLE "quota_reservations" ADD COLUMN "id" uuid PRIMARY KEY NOT NULL;--> statement-breakpoint
CREATE INDEX "quota_reservations_project" ON "quota_reservations" USING btree ("project_id","resource");--> statement-breakpoint
ALTER TABLE "quota_reservations" DROP COLUMN "service";--> statement-breakpoint
ALTER TABLE "quota_reservations" ADD CONSTRAINT "quota_reservation_once" UNIQUE("operation_id","project_id","resource");