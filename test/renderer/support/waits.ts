import { configure } from '@testing-library/svelte';

// A busy machine needs more than the default second to render a view.
configure({ asyncUtilTimeout: 60_000 });
