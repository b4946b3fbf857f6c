ALTER TYPE "public"."role" ADD VALUE 'service';--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"scope" text NOT NULL,
	"project_id" text,
	"application_credential_id" text,
	"methods" text[] NOT NULL,
	"audit_ids" text[] NOT NULL,
	"issued_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "api_token_known_scope" CHECK ("api_tokens"."scope" in ('project', 'domain', 'system', 'unscoped')),
	CONSTRAINT "api_token_project_of_scope" CHECK (("api_tokens"."scope" = 'project') = ("api_tokens"."project_id" is not null)),
	CONSTRAINT "api_token_expires_later" CHECK ("api_tokens"."expires_at" > "api_tokens"."issued_at")
);
--> statement-breakpoint
CREATE TABLE "application_credentials" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"secret_hash" text NOT NULL,
	"roles" "role"[] NOT NULL,
	"unrestricted" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	CONSTRAINT "application_credential_name" UNIQUE("user_id","name"),
	CONSTRAINT "application_credential_has_roles" CHECK (cardinality("application_credentials"."roles") > 0)
);
--> statement-breakpoint
ALTER TABLE "projects" DROP CONSTRAINT "projects_name_unique";--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "deleted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "description" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "default_project_id" text;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_application_credential_id_application_credentials_id_fk" FOREIGN KEY ("application_credential_id") REFERENCES "public"."application_credentials"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_credentials" ADD CONSTRAINT "application_credentials_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_credentials" ADD CONSTRAINT "application_credentials_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_tokens_user_id_index" ON "api_tokens" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "api_tokens_project_id_index" ON "api_tokens" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "api_tokens_application_credential_id_index" ON "api_tokens" USING btree ("application_credential_id");--> statement-breakpoint
CREATE INDEX "api_tokens_expires_at_index" ON "api_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "application_credentials_project_id_index" ON "application_credentials" USING btree ("project_id");--> statement-breakpoint
CREATE UNIQUE INDEX "project_name_once" ON "projects" USING btree ("name") WHERE "projects"."deleted_at" is null;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "project_deleted_is_disabled" CHECK ("projects"."deleted_at" is null or not "projects"."enabled");