import { ListSkeleton } from '~/app/_components/list-skeleton';

export default ListSkeleton;
