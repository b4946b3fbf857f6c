CREATE TABLE "flavor_access" (
	"flavor_id" text NOT NULL,
	"project_id" text NOT NULL,
	CONSTRAINT "flavor_access_flavor_id_project_id_pk" PRIMARY KEY("flavor_id","project_id")
);
--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "reservation_id" text;--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "launch_index" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "user_data" text;--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "access_ipv4" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "access_ipv6" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "disk_config" text DEFAULT 'MANUAL' NOT NULL;--> statement-breakpoint
ALTER TABLE "flavor_access" ADD CONSTRAINT "flavor_access_flavor_id_flavors_id_fk" FOREIGN KEY ("flavor_id") REFERENCES "public"."flavors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "servers_reservation" ON "servers" USING btree ("reservation_id") WHERE "servers"."reservation_id" is not null;