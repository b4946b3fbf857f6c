'use client';

import type { ComponentProps, ReactNode } from 'react';
import type { Tab } from '~/app/_components/detail-page';
import { RawDocument } from '~/app/_components/raw-document';
import { Section } from '~/app/_components/section';
import { Timeline } from './timeline';

type About = ComponentProps<typeof Timeline>['about'];

const TIMELINE_LENGTH = 50;
const RECENT = 5;

/** The first tab of every detail page. */
export function overviewTab(content: ReactNode): Tab {
  return { id: 'overview', label: 'Overview', content };
}

export function timelineTab(about: About): Tab {
  return {
    id: 'timeline',
    label: 'Timeline',
    content: <Timeline about={about} limit={TIMELINE_LENGTH} />,
  };
}

/** @param noun what it is a document of, for who cannot see it */
export function rawTab(noun: string, document: unknown): Tab {
  return {
    id: 'raw',
    label: 'Raw',
    content: <RawDocument document={document} label={`${noun} document`} />,
  };
}

/** The end of the timeline, for an overview. */
export function RecentOperations({ about }: { about: About }) {
  return (
    <Section title="Recent operations">
      <Timeline about={about} limit={RECENT} />
    </Section>
  );
}
