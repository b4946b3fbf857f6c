ALTER TYPE "public"."operation_phase" ADD VALUE 'act' BEFORE 'roll-back';--> statement-breakpoint
ALTER TABLE "simulated_faults" ADD COLUMN "server_id" uuid;