CREATE TABLE "default_quotas" (
	"service" text NOT NULL,
	"resource" text NOT NULL,
	"hard_limit" integer NOT NULL,
	CONSTRAINT "default_quotas_service_resource_pk" PRIMARY KEY("service","resource"),
	CONSTRAINT "default_quota_known_service" CHECK ("default_quotas"."service" in ('compute', 'volume')),
	CONSTRAINT "default_quota_unlimited_or_positive" CHECK ("default_quotas"."hard_limit" >= -1)
);
--> statement-breakpoint
CREATE TABLE "qos_specs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"consumer" text NOT NULL,
	"specs" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "qos_specs_name_unique" UNIQUE("name"),
	CONSTRAINT "qos_specs_known_consumer" CHECK ("qos_specs"."consumer" in ('front-end', 'back-end', 'both'))
);
--> statement-breakpoint
ALTER TABLE "volume_types" ADD COLUMN "qos_specs_id" uuid;--> statement-breakpoint
ALTER TABLE "volume_types" ADD CONSTRAINT "volume_types_qos_specs_id_qos_specs_id_fk" FOREIGN KEY ("qos_specs_id") REFERENCES "public"."qos_specs"("id") ON DELETE no action ON UPDATE no action;