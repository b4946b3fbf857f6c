ALTER TYPE "public"."operation_phase" ADD VALUE 'build';--> statement-breakpoint
ALTER TYPE "public"."operation_phase" ADD VALUE 'copy';--> statement-breakpoint
ALTER TYPE "public"."operation_phase" ADD VALUE 'swap';--> statement-breakpoint
ALTER TYPE "public"."operation_phase" ADD VALUE 'tell';--> statement-breakpoint
ALTER TYPE "public"."operation_phase" ADD VALUE 'clear';--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "former" jsonb;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "snapshot_id" uuid;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "volume_type_id" uuid;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "owns" uuid;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "carry" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "operation_one_owner" ON "operations" USING btree ("owns") WHERE "operations"."outcome" = 'running';