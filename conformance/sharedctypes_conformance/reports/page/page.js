// The view: which clauses and cells are shown. It is in the address, so that it can be linked.

const form = document.getElementById('filters');
const areasElement = document.getElementById('areas');
const SELECTS = ['backend', 'interpreter', 'method', 'area', 'verdict'];
const NAMES = [...SELECTS, 'text', 'clause'];
const ALL = '';
// The areas of more clauses than this are not opened by a filter: to make them all takes too long.
const MANY = 100;
let view = {};

function options() {
  const distinct = (values) => [...new Set(values)];
  const verdicts = distinct(report.words.map(([, word]) => word));
  return {
    backend: distinct(report.columns.map((column) => column.backend)),
    interpreter: distinct(report.columns.map((column) => column.interpreter)),
    method: report.methods,
    area: report.areas.map((area) => area.name),
    verdict: [
      ...report.kinds.filter((kind) => words.some((word) => word.kind === kind)),
      ...verdicts.filter((word) => !report.kinds.includes(word)),
    ],
  };
}

function fillForm() {
  for (const [name, values] of Object.entries(options())) {
    form.elements[name].append(
      element('option', { value: ALL }, 'all'),
      ...values.map((value) => element('option', { value }, value)),
    );
  }
}

function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const known = options();
  view = {};
  for (const name of NAMES) {
    const value = asked.get(name) ?? ALL;
    view[name] = name in known && !known[name].includes(value) ? ALL : value;
  }
  for (const name of [...SELECTS, 'text']) form.elements[name].value = view[name];
}

function addressOf(wanted) {
  const parts = new URLSearchParams();
  for (const name of NAMES) if (wanted[name]) parts.set(name, wanted[name]);
  return `#${parts}`;
}

// Every cell of the columns and start methods that are shown.
function shownCells() {
  const cells = [];
  report.columns.forEach((column, number) => {
    if (view.backend && column.backend !== view.backend) return;
    if (view.interpreter && column.interpreter !== view.interpreter) return;
    report.methods.forEach((name, method) => {
      if (!view.method || name === view.method) cells.push([number, method]);
    });
  });
  return cells;
}

function matchesVerdict(clause, cells) {
  return cells.some(([column, method]) => {
    const { kind, word } = wordOf(clause, column, method);
    return kind !== 'none' && (!view.verdict || view.verdict === kind || view.verdict === word);
  });
}

const searched = new Map();

function matchesText(clause) {
  if (!view.text) return true;
  if (!searched.has(clause)) {
    const told = clause.told.flatMap((one) => [one.message, one.reason, one.link, one.observed, one.example]);
    const parts = [clause.id, clause.grade, clause.says, clause.section, clause.quote, ...told.map(text)];
    searched.set(clause, parts.join('\n').toLowerCase());
  }
  return view.text.toLowerCase().split(/\s+/).every((word) => searched.get(clause).includes(word));
}

function show() {
  const cells = shownCells();
  const clauses = report.clauses.filter((clause) => (
    clause.id === view.clause
    || ((!view.area || clause.area === view.area) && matchesVerdict(clause, cells) && matchesText(clause))
  ));
  const isNarrow = view.area || ((view.verdict || view.text) && clauses.length <= MANY);
  areasElement.replaceChildren(...report.areas.flatMap((area) => {
    const mine = clauses.filter((clause) => clause.area === area.name);
    return mine.length ? [areaOf(area, mine, cells, isNarrow)] : [];
  }));
  document.getElementById('status').textContent = `${clauses.length} of ${report.clauses.length} clauses, `
    + `${cells.length} cell${cells.length === 1 ? '' : 's'} of each`;
}

function areaOf(area, clauses, cells, isNarrow) {
  const counts = new Map(report.kinds.map((kind) => [kind, 0]));
  for (const clause of clauses) {
    for (const [column, method] of cells) {
      const { kind } = wordOf(clause, column, method);
      if (counts.has(kind)) counts.set(kind, counts.get(kind) + 1);
    }
  }
  const counted = [...counts].filter(([, count]) => count)
    .map(([kind, count]) => element('span', { class: `count ${kind}` }, `${count} ${kind}`));
  const summary = element('summary', {},
    element('h3', {}, `${area.name}`), ' ', element('span', { class: 'title' }, area.title), ' ',
    element('span', { class: 'counts' }, ...counted.flatMap((one) => [one, ' '])));
  const made = folded({ class: 'area' }, summary, () => [
    ...(report.columns.length > 1 ? [keyOf(cells)] : []),
    ...report.matrices
      .filter((matrix) => matrix.area === area.name && cells.some(([column]) => column === matrix.column))
      .map((matrix) => pictureOf(matrix, cells)),
    ...clauses.map((clause) => clauseOf(clause, cells)),
  ]);
  if (isNarrow || clauses.some((clause) => clause.id === view.clause)) {
    made.unfold();
  }
  return made;
}

function clauseOf(clause, cells) {
  const made = folded({ class: 'clause' }, lineOf(clause, cells), () => [
    element('div', { class: 'body' }, ...bodyOf(clause, cells)),
  ]);
  if (clause.id === view.clause) {
    made.unfold();
    made.id = 'opened';
  }
  // Not the event `toggle`, which comes late and for what the address opened, too.
  made.querySelector('summary').addEventListener('click', () => {
    view.clause = made.open ? ALL : clause.id;
    history.replaceState(null, '', addressOf(view));
  });
  return made;
}

function goTo(wanted, isTyping) {
  if (isTyping) {
    view = wanted;
    history.replaceState(null, '', addressOf(wanted));
    show();
  } else {
    location.hash = addressOf(wanted);
  }
}

form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('change', (event) => {
  if (event.target.name !== 'text') goTo({ ...view, [event.target.name]: event.target.value, clause: ALL }, false);
});
form.addEventListener('input', (event) => {
  if (event.target.name === 'text') goTo({ ...view, text: event.target.value.trim(), clause: ALL }, true);
});
form.addEventListener('reset', (event) => {
  event.preventDefault();
  goTo({}, false);
});

// The address is that of a view, so a link within the page moves the focus by itself.
document.querySelector('[data-skip]').addEventListener('click', (event) => {
  event.preventDefault();
  document.getElementById('clauses').focus();
});

document.querySelector('.summary').addEventListener('click', (event) => {
  if (event.target.closest('a')) document.getElementById('clauses').focus();
});

function follow() {
  readAddress();
  show();
  const opened = document.getElementById('opened');
  if (opened) {
    opened.scrollIntoView();
    opened.querySelector('summary').focus();
  }
}

fillForm();
addEventListener('hashchange', follow);
follow();
