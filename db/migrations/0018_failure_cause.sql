CREATE TYPE "public"."failure_cause" AS ENUM('fault', 'overtaken');--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "cause" "failure_cause";--> statement-breakpoint
-- Until now only the sentence told who was overtaken.
UPDATE "operations" SET "cause" = (case
    when "reason" ~* '^overtaken\y' or "reason" ~ '^Attachment \S+ was changed meanwhile' or "reason" ~ 'was deleted meanwhile\.?$' then 'overtaken'
    else 'fault' end)::"failure_cause"
  WHERE "outcome" <> 'succeeded' AND "reason" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operation_cause_of_failure" CHECK (case "operations"."outcome" when 'failed' then "operations"."cause" is not null when 'succeeded' then "operations"."cause" is null else true end);--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operation_cause_has_reason" CHECK ("operations"."cause" is null or "operations"."reason" is not null);