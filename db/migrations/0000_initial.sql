CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gist;--> statement-breakpoint
CREATE TYPE "public"."attach_mode" AS ENUM('rw', 'ro');--> statement-breakpoint
CREATE TYPE "public"."attach_status" AS ENUM('reserved', 'attaching', 'attached', 'detached', 'error_attaching', 'error_detaching');--> statement-breakpoint
CREATE TYPE "public"."lock_holder" AS ENUM('owner', 'admin');--> statement-breakpoint
CREATE TYPE "public"."server_status" AS ENUM('ACTIVE', 'BUILD', 'DELETED', 'ERROR', 'HARD_REBOOT', 'MIGRATING', 'PASSWORD', 'PAUSED', 'REBOOT', 'REBUILD', 'RESCUE', 'RESIZE', 'REVERT_RESIZE', 'SHELVED', 'SHELVED_OFFLOADED', 'SHUTOFF', 'SOFT_DELETED', 'SUSPENDED', 'VERIFY_RESIZE');--> statement-breakpoint
CREATE TYPE "public"."task_state" AS ENUM('scheduling', 'block_device_mapping', 'networking', 'spawning', 'image_snapshot', 'image_snapshot_pending', 'image_pending_upload', 'image_uploading', 'image_backup', 'updating_password', 'resize_prep', 'resize_migrating', 'resize_migrated', 'resize_finish', 'resize_reverting', 'resize_confirming', 'rebooting', 'reboot_pending', 'reboot_started', 'rebooting_hard', 'reboot_pending_hard', 'reboot_started_hard', 'pausing', 'unpausing', 'suspending', 'resuming', 'powering-off', 'powering-on', 'rescuing', 'unrescuing', 'rebuilding', 'rebuild_block_device_mapping', 'rebuild_spawning', 'migrating', 'deleting', 'soft-deleting', 'restoring', 'shelving', 'shelving_image_pending_upload', 'shelving_image_uploading', 'shelving_offloading', 'unshelving');--> statement-breakpoint
CREATE TYPE "public"."vm_state" AS ENUM('building', 'active', 'paused', 'suspended', 'stopped', 'rescued', 'resized', 'soft-delete', 'deleted', 'error', 'shelved', 'shelved_offloaded');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('admin', 'member', 'reader');--> statement-breakpoint
CREATE TYPE "public"."change_kind" AS ENUM('server', 'volume', 'attachment', 'operation');--> statement-breakpoint
CREATE TYPE "public"."operation_outcome" AS ENUM('running', 'succeeded', 'failed');--> statement-breakpoint
CREATE TYPE "public"."operation_phase" AS ENUM('reserve', 'connect', 'complete', 'detach', 'disconnect', 'finish', 'roll-back');--> statement-breakpoint
CREATE TYPE "public"."step_result" AS ENUM('started', 'succeeded', 'failed');--> statement-breakpoint
CREATE TYPE "public"."snapshot_status" AS ENUM('creating', 'available', 'deleting', 'error', 'updating', 'error_deleting', 'unmanaging', 'backing-up', 'restoring', 'deleted');--> statement-breakpoint
CREATE TYPE "public"."volume_attach_status" AS ENUM('detached', 'reserved', 'attaching', 'attached');--> statement-breakpoint
CREATE TYPE "public"."volume_status" AS ENUM('creating', 'available', 'reserved', 'attaching', 'in-use', 'detaching', 'maintenance', 'deleting', 'error', 'error_deleting', 'error_extending', 'error_restoring', 'error_backing-up', 'error_managing', 'managing', 'restoring-backup', 'backing-up', 'awaiting-transfer', 'downloading', 'uploading', 'retyping', 'extending', 'reverting', 'unmanaging', 'error_unmanaging', 'error_managing_deleting', 'deleted');--> statement-breakpoint
CREATE TABLE "attachments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"volume_id" uuid NOT NULL,
	"multiattach" boolean NOT NULL,
	"attach_status" "attach_status",
	"mode" "attach_mode",
	"instance_id" uuid,
	"attached_host" text,
	"mountpoint" text,
	"connector" text,
	"connection_info" text,
	"attached_at" timestamp with time zone,
	"detached_at" timestamp with time zone,
	"bdm_id" uuid,
	"server_id" uuid,
	"device" text,
	"boot_index" integer,
	"tag" text,
	"delete_on_termination" boolean DEFAULT false NOT NULL,
	"quarantine" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"status_since" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "attachment_has_a_side" CHECK ("attachments"."attach_status" is not null or "attachments"."bdm_id" is not null),
	CONSTRAINT "attachment_compute_side" CHECK (("attachments"."bdm_id" is null) = ("attachments"."server_id" is null)),
	CONSTRAINT "attachment_same_instance" CHECK ("attachments"."server_id" is null or "attachments"."instance_id" = "attachments"."server_id"),
	CONSTRAINT "attachment_live_is_not_detached" CHECK ("attachments"."deleted_at" is not null or "attachments"."attach_status" <> 'detached'),
	CONSTRAINT "attachment_device_has_server" CHECK ("attachments"."device" is null or "attachments"."server_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "flavors" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"vcpus" integer NOT NULL,
	"ram_mib" integer NOT NULL,
	"disk_gib" integer NOT NULL,
	"ephemeral_gib" integer DEFAULT 0 NOT NULL,
	"swap_mib" integer DEFAULT 0 NOT NULL,
	"is_public" boolean DEFAULT true NOT NULL,
	"disabled" boolean DEFAULT false NOT NULL,
	"description" text,
	"extra_specs" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "flavor_sizes" CHECK ("flavors"."vcpus" > 0 and "flavors"."ram_mib" > 0 and "flavors"."disk_gib" >= 0)
);
--> statement-breakpoint
CREATE TABLE "hosts" (
	"name" text PRIMARY KEY NOT NULL,
	"hypervisor_type" text NOT NULL,
	"up" boolean DEFAULT true NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"zone" text DEFAULT 'nova' NOT NULL,
	"supports_multiattach" boolean DEFAULT true NOT NULL,
	"supports_tagging" boolean DEFAULT true NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "images" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text collate "C" DEFAULT '' NOT NULL,
	"owner" text,
	"status" text NOT NULL,
	"visibility" text NOT NULL,
	"disk_format" text,
	"container_format" text,
	"min_disk_gib" integer DEFAULT 0 NOT NULL,
	"min_ram_mib" integer DEFAULT 0 NOT NULL,
	"size_bytes" bigint,
	"is_protected" boolean DEFAULT false NOT NULL,
	"properties" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "image_known_visibility" CHECK ("images"."visibility" in ('public', 'private', 'shared', 'community'))
);
--> statement-breakpoint
CREATE TABLE "servers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"user_id" text NOT NULL,
	"name" text collate "C" NOT NULL,
	"description" text,
	"vm_state" "vm_state" NOT NULL,
	"task_state" "task_state",
	"status" "server_status" NOT NULL,
	"power_state" integer DEFAULT 0 NOT NULL,
	"host" text,
	"availability_zone" text DEFAULT 'nova' NOT NULL,
	"flavor_id" text,
	"flavor" jsonb NOT NULL,
	"image_id" uuid,
	"hostname" text,
	"root_device_name" text,
	"key_name" text,
	"config_drive" boolean DEFAULT false NOT NULL,
	"locked_by" "lock_holder",
	"locked_reason" text,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"tags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"fault" jsonb,
	"launched_at" timestamp with time zone,
	"terminated_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"status_since" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "server_of_project" UNIQUE("id","project_id"),
	CONSTRAINT "server_lock_reason" CHECK ("servers"."locked_reason" is null or "servers"."locked_by" is not null)
);
--> statement-breakpoint
CREATE TABLE "services" (
	"binary" text NOT NULL,
	"host" text NOT NULL,
	"zone" text NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"up" boolean DEFAULT true NOT NULL,
	"frozen" boolean DEFAULT false NOT NULL,
	"disabled_reason" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "services_binary_host_pk" PRIMARY KEY("binary","host")
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"domain_id" text DEFAULT 'default' NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "projects_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "quotas" (
	"project_id" text NOT NULL,
	"service" text NOT NULL,
	"resource" text NOT NULL,
	"hard_limit" integer NOT NULL,
	CONSTRAINT "quotas_project_id_service_resource_pk" PRIMARY KEY("project_id","service","resource"),
	CONSTRAINT "quota_known_service" CHECK ("quotas"."service" in ('compute', 'volume')),
	CONSTRAINT "quota_unlimited_or_positive" CHECK ("quotas"."hard_limit" >= -1)
);
--> statement-breakpoint
CREATE TABLE "role_assignments" (
	"user_id" text NOT NULL,
	"project_id" text NOT NULL,
	"role" "role" NOT NULL,
	CONSTRAINT "role_assignments_user_id_project_id_role_pk" PRIMARY KEY("user_id","project_id","role")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "session_expires_later" CHECK ("sessions"."expires_at" > "sessions"."created_at")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"domain_id" text DEFAULT 'default' NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"password_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "import_findings" (
	"rule" text NOT NULL,
	"kind" text NOT NULL,
	"object_id" text NOT NULL,
	"volume_id" uuid,
	"instance_id" uuid,
	"message" text NOT NULL,
	"kept" text NOT NULL,
	"imported_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "import_findings_rule_kind_object_id_pk" PRIMARY KEY("rule","kind","object_id")
);
--> statement-breakpoint
CREATE TABLE "imported_documents" (
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"document" jsonb NOT NULL,
	"imported_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "imported_documents_kind_id_pk" PRIMARY KEY("kind","id")
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "changes_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"project_id" text NOT NULL,
	"kind" "change_kind" NOT NULL,
	"object_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "operation_steps" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "operation_steps_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"operation_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"phase" "operation_phase" NOT NULL,
	"result" "step_result" NOT NULL,
	"message" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "operations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" text NOT NULL,
	"action" text NOT NULL,
	"user_id" text NOT NULL,
	"user_name" text NOT NULL,
	"project_id" text NOT NULL,
	"server_id" uuid,
	"server_name" text,
	"volume_id" uuid,
	"volume_name" text,
	"attachment_id" uuid,
	"input" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"phase" "operation_phase",
	"outcome" "operation_outcome" NOT NULL,
	"reason" text,
	"before" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"after" jsonb,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "operation_ended_has_outcome" CHECK (("operations"."ended_at" is null) = ("operations"."outcome" = 'running')),
	CONSTRAINT "operation_running_has_phase" CHECK ("operations"."outcome" <> 'running' or "operations"."phase" is not null),
	CONSTRAINT "operation_failed_has_reason" CHECK ("operations"."outcome" <> 'failed' or "operations"."reason" is not null)
);
--> statement-breakpoint
CREATE TABLE "simulated_faults" (
	"id" uuid PRIMARY KEY NOT NULL,
	"call" text NOT NULL,
	"volume_id" uuid,
	"message" text NOT NULL,
	"retryable" boolean DEFAULT false NOT NULL,
	"remaining" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "fault_remaining" CHECK ("simulated_faults"."remaining" >= 0)
);
--> statement-breakpoint
CREATE TABLE "pools" (
	"name" text PRIMARY KEY NOT NULL,
	"total_gib" integer,
	"free_gib" integer,
	"capabilities" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"id" uuid PRIMARY KEY NOT NULL,
	"volume_id" uuid NOT NULL,
	"project_id" text NOT NULL,
	"user_id" text,
	"name" text collate "C" DEFAULT '' NOT NULL,
	"description" text,
	"size_gib" integer NOT NULL,
	"status" "snapshot_status" NOT NULL,
	"progress" integer DEFAULT 0 NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"consumes_quota" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "snapshot_size_positive" CHECK ("snapshots"."size_gib" > 0),
	CONSTRAINT "snapshot_progress_percent" CHECK ("snapshots"."progress" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "volume_types" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"is_public" boolean DEFAULT true NOT NULL,
	"extra_specs" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "volume_types_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "volumes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"user_id" text NOT NULL,
	"name" text collate "C" DEFAULT '' NOT NULL,
	"description" text,
	"size_gib" integer NOT NULL,
	"status" "volume_status" NOT NULL,
	"attach_status" "volume_attach_status" DEFAULT 'detached' NOT NULL,
	"migration_status" text,
	"previous_status" "volume_status",
	"multiattach" boolean DEFAULT false NOT NULL,
	"bootable" boolean DEFAULT false NOT NULL,
	"encrypted" boolean DEFAULT false NOT NULL,
	"readonly" boolean DEFAULT false NOT NULL,
	"volume_type_id" uuid NOT NULL,
	"availability_zone" text DEFAULT 'nova' NOT NULL,
	"pool" text,
	"snapshot_id" uuid,
	"source_volume_id" uuid,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"image_metadata" jsonb,
	"replication_status" text,
	"group_id" uuid,
	"provider_id" text,
	"service_id" uuid,
	"cluster_name" text,
	"name_id" uuid,
	"shared_targets" boolean,
	"encryption_key_id" uuid,
	"consumes_quota" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"status_since" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "volume_with_multiattach" UNIQUE("id","multiattach"),
	CONSTRAINT "volume_size_positive" CHECK ("volumes"."size_gib" > 0),
	CONSTRAINT "volume_known_migration_status" CHECK ("volumes"."migration_status" in ('starting', 'migrating', 'completing', 'success', 'error', 'deleting') or "volumes"."migration_status" like 'target:%'),
	CONSTRAINT "volume_deleted_is_detached" CHECK ("volumes"."deleted_at" is null or "volumes"."attach_status" = 'detached')
);
--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachment_of_volume" FOREIGN KEY ("volume_id","multiattach") REFERENCES "public"."volumes"("id","multiattach") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "servers" ADD CONSTRAINT "servers_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "servers" ADD CONSTRAINT "servers_host_hosts_name_fk" FOREIGN KEY ("host") REFERENCES "public"."hosts"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quotas" ADD CONSTRAINT "quotas_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_assignments" ADD CONSTRAINT "role_assignments_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_assignments" ADD CONSTRAINT "role_assignments_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operation_steps" ADD CONSTRAINT "operation_steps_operation_id_operations_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."operations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshots" ADD CONSTRAINT "snapshots_volume_id_volumes_id_fk" FOREIGN KEY ("volume_id") REFERENCES "public"."volumes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshots" ADD CONSTRAINT "snapshots_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "volumes" ADD CONSTRAINT "volumes_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "volumes" ADD CONSTRAINT "volumes_volume_type_id_volume_types_id_fk" FOREIGN KEY ("volume_type_id") REFERENCES "public"."volume_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "attachment_pair_once" ON "attachments" USING btree ("server_id","volume_id") WHERE "attachments"."deleted_at" is null and "attachments"."bdm_id" is not null and "attachments"."quarantine" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "attachment_device_once" ON "attachments" USING btree ("server_id","device") WHERE "attachments"."deleted_at" is null and "attachments"."device" is not null and "attachments"."quarantine" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "attachment_one_root" ON "attachments" USING btree ("server_id") WHERE "attachments"."deleted_at" is null and "attachments"."boot_index" = 0 and "attachments"."quarantine" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "attachment_bdm" ON "attachments" USING btree ("bdm_id");--> statement-breakpoint
CREATE INDEX "attachments_volume" ON "attachments" USING btree ("volume_id") WHERE "attachments"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "attachments_instance" ON "attachments" USING btree ("instance_id") WHERE "attachments"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "attachments_server" ON "attachments" USING btree ("server_id") WHERE "attachments"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "attachments_created" ON "attachments" USING btree ("created_at","id") WHERE "attachments"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "attachments_status" ON "attachments" USING btree ("attach_status","created_at","id") WHERE "attachments"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "servers_project_created" ON "servers" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE INDEX "servers_created" ON "servers" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "servers_project_name" ON "servers" USING btree ("project_id","name","id");--> statement-breakpoint
CREATE INDEX "servers_name" ON "servers" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "servers_project_status" ON "servers" USING btree ("project_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "servers_status" ON "servers" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "servers_host" ON "servers" USING btree ("host");--> statement-breakpoint
CREATE INDEX "servers_name_trgm" ON "servers" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "role_assignments_project_id_index" ON "role_assignments" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "sessions_user_id_index" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_expires_at_index" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "import_findings_volume_id_index" ON "import_findings" USING btree ("volume_id");--> statement-breakpoint
CREATE INDEX "changes_at_index" ON "changes" USING btree ("at");--> statement-breakpoint
CREATE INDEX "operation_steps_operation_id_id_index" ON "operation_steps" USING btree ("operation_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "operation_one_running" ON "operations" USING btree ("attachment_id") WHERE "operations"."outcome" = 'running';--> statement-breakpoint
CREATE INDEX "operations_running" ON "operations" USING btree ("updated_at") WHERE "operations"."outcome" = 'running';--> statement-breakpoint
CREATE INDEX "operations_project_started" ON "operations" USING btree ("project_id","started_at","id");--> statement-breakpoint
CREATE INDEX "operations_started" ON "operations" USING btree ("started_at","id");--> statement-breakpoint
CREATE INDEX "operations_server" ON "operations" USING btree ("server_id","started_at");--> statement-breakpoint
CREATE INDEX "operations_volume" ON "operations" USING btree ("volume_id","started_at");--> statement-breakpoint
CREATE INDEX "operations_attachment" ON "operations" USING btree ("attachment_id","started_at");--> statement-breakpoint
CREATE INDEX "snapshots_volume" ON "snapshots" USING btree ("volume_id");--> statement-breakpoint
CREATE INDEX "snapshots_project_created" ON "snapshots" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE INDEX "volumes_project_created" ON "volumes" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE INDEX "volumes_created" ON "volumes" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "volumes_project_status" ON "volumes" USING btree ("project_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "volumes_status" ON "volumes" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "volumes_project_name" ON "volumes" USING btree ("project_id","name","id");--> statement-breakpoint
CREATE INDEX "volumes_name" ON "volumes" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "volumes_project_size" ON "volumes" USING btree ("project_id","size_gib","id");--> statement-breakpoint
CREATE INDEX "volumes_size" ON "volumes" USING btree ("size_gib","id");--> statement-breakpoint
CREATE INDEX "volumes_type" ON "volumes" USING btree ("volume_type_id");--> statement-breakpoint
CREATE INDEX "volumes_name_trgm" ON "volumes" USING gin ("name" gin_trgm_ops);