ALTER TABLE "volumes" DROP CONSTRAINT "volumes_volume_type_id_volume_types_id_fk";
--> statement-breakpoint
ALTER TABLE "volumes" ALTER COLUMN "volume_type_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "volumes" ADD CONSTRAINT "volumes_volume_type_id_volume_types_id_fk" FOREIGN KEY ("volume_type_id") REFERENCES "public"."volume_types"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "volumes" ADD CONSTRAINT "volume_has_type" CHECK ("volumes"."volume_type_id" is not null or "volumes"."deleted_at" is not null);