import { attachmentTitle } from '~/app/_entities/attachment-state';
import { paths } from '~/app/_lib/paths';
import { getQueryClient, trpc } from '~/app/_trpc/server';
import { thingPage } from '../../thing-page';
import { AttachmentPage } from './attachment-page';

const page = thingPage({
  path: paths.attachment,
  read: (id) => getQueryClient().fetchQuery(trpc.attachments.get.queryOptions({ id })),
  title: attachmentTitle,
  View: AttachmentPage,
});

export const generateMetadata = page.generateMetadata;
export default page.Page;
