CREATE TABLE "deleted_messages" (
	"operation_id" uuid PRIMARY KEY NOT NULL
);
--> statement-breakpoint
ALTER TABLE "deleted_messages" ADD CONSTRAINT "deleted_messages_operation_id_operations_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."operations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "operations_failed" ON "operations" USING btree ("project_id","ended_at") WHERE "operations"."outcome" = 'failed';