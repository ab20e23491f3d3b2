// Elements are made here and nowhere else, and texts become text nodes: a report can add no markup.

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

// A link that leaves the page; the text if it is not https.
function linkTo(address) {
  if (!/^https:\/\//.test(address)) return element('span', {}, address);
  return element('a', { href: address, rel: 'noopener noreferrer nofollow' }, address);
}

function scrolled(label, child) {
  return element('div', { class: 'scroll', role: 'group', 'aria-label': label, tabindex: '0' }, child);
}

// Makes what is in a <details> when it is opened first.
function folded(properties, summary, fill) {
  const details = element('details', properties, summary);
  let isFilled = false;
  const fillOnce = () => {
    if (!isFilled) details.append(...fill());
    isFilled = true;
  };
  details.unfold = () => {
    fillOnce();
    details.open = true;
  };
  details.addEventListener('toggle', () => { if (details.open) fillOnce(); });
  return details;
}

function copyButton(text, name = text) {
  const button = element('button', { type: 'button', class: 'copy' }, 'Copy');
  button.addEventListener('click', async () => {
    let said = 'Copied';
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const selection = getSelection();
      selection.selectAllChildren(button.parentElement.querySelector('code'));
      said = document.execCommand('copy') ? 'Copied' : 'Press Ctrl+C';
    }
    button.textContent = said;
    document.getElementById('said').textContent = `${said}: ${name}`;
  });
  return button;
}
