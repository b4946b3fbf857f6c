ALTER TYPE "public"."change_kind" ADD VALUE 'image';--> statement-breakpoint
ALTER TYPE "public"."change_kind" ADD VALUE 'service';--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "image_id" uuid;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "service_id" text;