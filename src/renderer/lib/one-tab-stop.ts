const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * For an element with several buttons: the Tab key stops at one of them only, the one that had the focus last. The arrow
 * keys, Home and End move between them. A list inside the element, such as a menu that one of them opened, is left alone.
 */
export function oneTabStop(group: HTMLElement): () => void {
  let current: HTMLElement | null = null;
  const buttons = (): HTMLElement[] =>
    [...group.querySelectorAll('button')].filter((button) => {
      const list = button.closest('ul');
      return list === null || list.contains(group);
    });

  function update(): void {
    const all = buttons();
    if (current === null || !all.includes(current)) current = all[0] ?? null;
    for (const button of all) button.tabIndex = button === current ? 0 : -1;
  }

  function onfocusin({ target }: FocusEvent): void {
    const focused = buttons().find((button) => button === target);
    if (focused === undefined) return;
    current = focused;
    update();
  }

  function onkeydown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = buttons();
    const at = all.findIndex((button) => button === document.activeElement);
    const step = STEPS[event.key];
    const target =
      event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : step === undefined ? -1 : at + step;
    if (at < 0 || all[target] === undefined) return;
    event.preventDefault();
    all[target].focus();
  }

  update();
  const observer = new MutationObserver(update);
  observer.observe(group, { childList: true, subtree: true });
  group.addEventListener('focusin', onfocusin);
  group.addEventListener('keydown', onkeydown);
  return () => {
    observer.disconnect();
    group.removeEventListener('focusin', onfocusin);
    group.removeEventListener('keydown', onkeydown);
  };
}
