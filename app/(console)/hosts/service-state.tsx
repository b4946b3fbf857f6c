import { StatusBadge } from '~/app/_components/status-badge';

interface Reported {
  up: boolean;
  enabled: boolean;
  frozen?: boolean;
  disabledReason: string | null;
}

/** Whether a service runs, and whether it gets new work. */
export function ServiceState({ service }: { service: Reported }) {
  return (
    <span className="flex items-center gap-2">
      <StatusBadge status={service.up ? 'up' : 'down'} family={service.up ? 'ok' : 'error'} />
      {service.enabled ? null : (
        <StatusBadge status="disabled" family="attention" detail={service.disabledReason} />
      )}
      {service.frozen === true ? <StatusBadge status="frozen" family="waiting" /> : null}
    </span>
  );
}
