CREATE TABLE "volume_type_encryptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"volume_type_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"control_location" text NOT NULL,
	"cipher" text,
	"key_size" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone,
	CONSTRAINT "volume_type_encryptions_volumeTypeId_unique" UNIQUE("volume_type_id"),
	CONSTRAINT "encryption_known_location" CHECK ("volume_type_encryptions"."control_location" in ('front-end', 'back-end')),
	CONSTRAINT "encryption_key_size" CHECK ("volume_type_encryptions"."key_size" >= 0)
);
--> statement-breakpoint
ALTER TABLE "volume_type_encryptions" ADD CONSTRAINT "volume_type_encryptions_volume_type_id_volume_types_id_fk" FOREIGN KEY ("volume_type_id") REFERENCES "public"."volume_types"("id") ON DELETE cascade ON UPDATE no action;