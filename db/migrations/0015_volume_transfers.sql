CREATE TABLE "volume_transfers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"volume_id" uuid NOT NULL,
	"name" text,
	"key_hash" text NOT NULL,
	"no_snapshots" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "volume_transfers_volumeId_unique" UNIQUE("volume_id")
);
--> statement-breakpoint
ALTER TABLE "volume_transfers" ADD CONSTRAINT "volume_transfers_volume_id_volumes_id_fk" FOREIGN KEY ("volume_id") REFERENCES "public"."volumes"("id") ON DELETE no action ON UPDATE no action;