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
    const [before, after] = [at - 1, at + 1];
    const targets: Record<string, number> = { ArrowRight: after, ArrowDown: after, ArrowLeft: before, ArrowUp: before };
    const target = { ...targets, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || target === undefined || all[target] === undefined) return;
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
