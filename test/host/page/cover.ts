export interface Cover {
  setHidden(hidden: boolean): void;
  setGone(reason: string): void;
}

// Style sheets made by script need no inline style, which the page's policy may refuse.
const STYLE = `
  :host { position: fixed; inset: 0; z-index: 2147483647; display: grid; place-items: center; }
  :host([hidden]) { display: none; }
  div { display: grid; gap: 16px; justify-items: center; text-align: center; font: 15px/1.4 system-ui, sans-serif; }
  :host { background: Canvas; color: CanvasText; color-scheme: light dark; }
  button { font: inherit; padding: 8px 16px; border: 1px solid GrayText; border-radius: 8px; background: ButtonFace; color: ButtonText; }
  p { margin: 0; padding: 0 24px; }
`;

/** The cover of a browser page while the app's window is hidden or gone. It belongs to the host, not to the app. */
export function makeCover(appName: string, onShow: () => void): Cover {
  const element = document.createElement('host-cover');
  element.hidden = true;
  const sentence = document.createElement('p');
  const button = document.createElement('button');
  button.textContent = 'Show window';
  button.addEventListener('click', onShow);
  const box = document.createElement('div');
  box.append(sentence, button);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  const root = element.attachShadow({ mode: 'closed' });
  root.adoptedStyleSheets = [sheet];
  root.append(box);
  addEventListener('DOMContentLoaded', () => document.documentElement.append(element));

  let gone = false;
  return {
    setHidden: (hidden) => {
      if (gone) return;
      element.hidden = !hidden;
      sentence.textContent = `Hidden in the tray: the window of ${appName} is not on the screen now.`;
    },
    setGone: (reason) => {
      if (gone) return;
      gone = true;
      element.hidden = false;
      sentence.textContent = reason;
      button.remove();
    },
  };
}
