// A clause: a line with a mark for each cell, and when it is opened, all that is known about it.

const report = JSON.parse(document.getElementById('data').textContent);
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';
const NO_RESULT = { letter: '–', word: 'no result', kind: 'none' };
// More findings of a clause than this are shown one by one, those that are known.
const FEW = 3;
const words = report.words.map(([letter, word, kind]) => ({ letter, word, kind }));
const text = (number) => (number === undefined ? '' : report.texts[number]);

function wordOf(clause, column, method) {
  const digit = clause.cells[column][method];
  return digit === '.' ? NO_RESULT : words[DIGITS.indexOf(digit)];
}

function mark({ letter, word, kind }) {
  return element('span', { class: `mark ${kind}`, title: word, 'aria-hidden': 'true' }, letter);
}

// The line of a clause. The marks are said as one sentence: how many cells have which verdict.
function lineOf(clause, cells) {
  const groups = new Map();
  const counts = new Map();
  for (const [column, method] of cells) {
    const word = wordOf(clause, column, method);
    if (!groups.has(column)) groups.set(column, []);
    groups.get(column).push(mark(word));
    counts.set(word.word, (counts.get(word.word) ?? 0) + 1);
  }
  const marks = element('span', { class: 'marks', 'aria-hidden': 'true' });
  for (const [column, group] of groups) {
    const number = report.columns.length > 1
      ? element('span', { class: 'number' }, `${column + 1}`) : null;
    marks.append(element('span', { class: 'group', title: report.columns[column].title }, number, ...group));
  }
  const sentence = [...counts].map(([word, count]) => `${word}: ${count}`).join(', ');
  return element(
    'summary', {},
    element('span', { class: 'name' },
      element('code', {}, clause.id), ' ', element('span', { class: 'grade' }, clause.grade)),
    marks,
    element('span', { class: 'unseen' }, ` ${sentence}`),
  );
}

// Which number is which backend and interpreter.
function keyOf(cells) {
  const columns = [...new Set(cells.map(([column]) => column))];
  return element('p', { class: 'key' }, ...columns.flatMap((column) => [
    element('span', {}, element('span', { class: 'number' }, `${column + 1}`), ` ${report.columns[column].title}`), ' ',
  ]));
}

function bodyOf(clause, cells) {
  const shown = new Set(cells.map(([column, method]) => `${column} ${method}`));
  const told = clause.told
    .filter((one) => one.methods.some((method) => shown.has(`${one.column} ${method}`)));
  return [
    ...described(clause),
    scrolled(`Verdicts of ${clause.id}`, verdicts(clause, cells)),
    ...told.map((one) => finding(one, told.length <= FEW || words[one.word].kind === 'failing')),
  ];
}

function described(clause) {
  if (clause.says === undefined) {
    return [element('p', {}, 'This version of the suite does not have this clause.')];
  }
  const holds = [
    clause.of_packages ? 'in packages with contexts of their own' : '',
    clause.since ? `since Python ${clause.since}` : '', clause.until ? `before Python ${clause.until}` : '',
  ].filter(Boolean).join(', ');
  return [
    element('p', { class: 'says' }, ...withCode(clause.says)),
    element('p', { class: 'source' }, 'Source: ', ...withLinks(clause.section), holds ? ` (${holds})` : ''),
    // The address is from whoever made the page, the id from the contract: neither is a report's.
    report.contract ? element('p', { class: 'source' },
      element('a', { href: `${report.contract}#${clause.id}` }, 'This clause in the contract')) : null,
    clause.quote ? element('blockquote', {}, clause.quote) : null,
  ].filter(Boolean);
}

// A sentence, in which names of code are between backticks.
function withCode(sentence) {
  return sentence.split('`').map((part, number) => (number % 2 ? element('code', {}, part) : part));
}

function withLinks(sentence) {
  return sentence.split(/(https:\/\/[^\s),;]+)/).map((part, number) => (number % 2 ? linkTo(part) : part));
}

function verdicts(clause, cells) {
  const columns = [...new Set(cells.map(([column]) => column))];
  const methods = [...new Set(cells.map(([, method]) => method))];
  const head = element('tr', {}, element('th', { scope: 'col' }, 'backend and interpreter'),
    ...methods.map((method) => element('th', { scope: 'col' }, report.methods[method])));
  const rows = columns.map((column) => element('tr', {},
    element('th', { scope: 'row' }, report.columns[column].title),
    ...methods.map((method) => {
      const word = wordOf(clause, column, method);
      return element('td', {}, mark(word), ' ', word.word);
    })));
  return element('table', { class: 'verdicts' }, element('thead', {}, head), element('tbody', {}, ...rows));
}

// What is told of the cells of a backend and interpreter that say the same.
function finding(one, isOpen) {
  const { title } = report.columns[one.column];
  const methods = one.methods.map((method) => report.methods[method]).join(', ');
  const { word, kind } = words[one.word];
  const list = element('dl');
  const add = (label, ...what) => {
    list.append(element('div', {}, element('dt', {}, label), element('dd', {}, ...what)));
  };
  const addText = (label, number) => { if (number !== undefined) add(label, text(number)); };
  addText(kind === 'inconclusive' ? 'Why' : 'What happened', one.message);
  addText('Observed', one.observed);
  if (one.reason !== undefined || one.link !== undefined) {
    const link = one.link === undefined ? [] : [' ', linkTo(text(one.link))];
    add('Ledger', text(one.reason), ...link);
  }
  if (one.because !== undefined) add('Not judged because of', linkToClause(text(one.because)));
  addText('Standard library', one.control);
  addText('Judged by', one.means);
  addText('Smallest example', one.example);
  addText('Happened again', one.recurred);
  for (const [number, method] of unique(one)) add(`Judge again${method}`, ...command(text(number)));
  const heading = element('h4', {},
    element('span', { class: `mark ${kind}`, 'aria-hidden': 'true' }, words[one.word].letter),
    ` ${word}: ${title} (${methods})`);
  const details = folded({ class: `finding ${kind}` }, element('summary', {}, heading), () => [
    list, ...(one.lanes === undefined ? [] : [pictureOfHistory(one)]), ...lines('What each process did', one.history),
    ...lines('Source of the program', one.source), ...lines('Output and stacks', one.output), ...reproducers(one),
  ]);
  if (isOpen) details.unfold();
  return details;
}

function unique(one) {
  const several = new Set(one.commands).size > 1;
  return one.commands.map((number, at) => [number, several ? ` (${report.methods[one.methods[at]]})` : '']);
}

function command(line) {
  if (!line) return ['not shown: the report names something that could do harm in a terminal'];
  return [element('code', {}, line), ' ', copyButton(line)];
}

// Programs that show it again, each under a start method.
function reproducers(one) {
  const several = new Set(one.reproducers.map(String)).size > 1;
  return one.reproducers.filter((numbers) => numbers.length).slice(0, several ? undefined : 1).map((numbers) => {
    const method = several ? ` (${report.methods[one.methods[one.reproducers.indexOf(numbers)]]})` : '';
    const code = numbers.map(text).join('\n');
    return folded({ class: 'lines' }, element('summary', {}, `Reproducer${method}`), () => [
      element('div', {}, copyButton(`${code}\n`, 'the reproducer'),
        scrolled('Reproducer', element('pre', {}, element('code', {}, code)))),
    ]);
  });
}

function linkToClause(id) {
  const known = report.clauses.some((clause) => clause.id === id);
  return known ? element('a', { href: `#${new URLSearchParams({ clause: id })}` }, id) : id;
}

function lines(title, numbers) {
  if (numbers === undefined) return [];
  const summary = element('summary', {}, `${title} (${numbers.length} line${numbers.length > 1 ? 's' : ''})`);
  return [folded({ class: 'lines' }, summary, () => [
    scrolled(title, element('pre', {}, numbers.map(text).join('\n'))),
  ])];
}
