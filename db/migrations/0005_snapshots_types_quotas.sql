ALTER TYPE "public"."change_kind" ADD VALUE 'snapshot';--> statement-breakpoint
ALTER TYPE "public"."change_kind" ADD VALUE 'volume-type';--> statement-breakpoint
ALTER TYPE "public"."change_kind" ADD VALUE 'quota';--> statement-breakpoint
CREATE TABLE "quota_reservations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "quota_reservations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"operation_id" uuid NOT NULL,
	"project_id" text NOT NULL,
	"service" text NOT NULL,
	"resource" text NOT NULL,
	"delta" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "quota_reservation_once" UNIQUE("operation_id","project_id","service","resource"),
	CONSTRAINT "quota_reservation_known_service" CHECK ("quota_reservations"."service" in ('compute', 'volume'))
);
--> statement-breakpoint
CREATE TABLE "volume_type_access" (
	"volume_type_id" uuid NOT NULL,
	"project_id" text NOT NULL,
	CONSTRAINT "volume_type_access_volume_type_id_project_id_pk" PRIMARY KEY("volume_type_id","project_id")
);
--> statement-breakpoint
ALTER TABLE "snapshots" ADD COLUMN "status_since" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "quota_reservations" ADD CONSTRAINT "quota_reservations_operation_id_operations_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."operations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quota_reservations" ADD CONSTRAINT "quota_reservations_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "volume_type_access" ADD CONSTRAINT "volume_type_access_volume_type_id_volume_types_id_fk" FOREIGN KEY ("volume_type_id") REFERENCES "public"."volume_types"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "volume_type_access" ADD CONSTRAINT "volume_type_access_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "quota_reservations_project" ON "quota_reservations" USING btree ("project_id","service","resource");--> statement-breakpoint
CREATE INDEX "volume_type_access_project_id_index" ON "volume_type_access" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "snapshots_created" ON "snapshots" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "snapshots_project_status" ON "snapshots" USING btree ("project_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "snapshots_status" ON "snapshots" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "snapshots_project_name" ON "snapshots" USING btree ("project_id","name","id");--> statement-breakpoint
CREATE INDEX "snapshots_name" ON "snapshots" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "snapshots_project_size" ON "snapshots" USING btree ("project_id","size_gib","id");--> statement-breakpoint
CREATE INDEX "snapshots_size" ON "snapshots" USING btree ("size_gib","id");--> statement-breakpoint
CREATE INDEX "snapshots_name_trgm" ON "snapshots" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "volumes_pool" ON "volumes" USING btree ("pool");--> statement-breakpoint
-- What is known of snapshots from before: their last change.
UPDATE "snapshots" SET "status_since" = "updated_at";
