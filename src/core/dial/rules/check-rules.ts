import type { DialRule, DialRules } from '../../../shared/dial-rules.ts';
import type { RuleProblem, RuleField, FieldProblem } from '../../../shared/rule-problem.ts';
import { compilePattern } from '../../numbers/compile-pattern.ts';
import { nationalPrefix } from './national-form.ts';
import { dialRuleSchema, dialRulesSchema, dialRulesShape, problemOf } from '../../settings/rule-schema.ts';

/**
 * Finds the problems of a draft, in the order of its fields. A problem blocks saving if the settings would not accept
 * the value. Otherwise it is advice about a rule that is on and probably does not do what the user wants.
 */
export function checkRules(rules: DialRules): FieldProblem[] {
  return [...problemsOfShared(rules), ...rules.rules.flatMap((rule, index) => problemsOfRule(rule, index, rules))];
}

/** The problems of the fields that all rules share, and of the list as a whole. */
function problemsOfShared(rules: DialRules): FieldProblem[] {
  const { rules: list, ...shared } = rules;
  const checked = dialRulesSchema.omit({ rules: true }).safeParse(shared);
  const problems = (checked.error?.issues ?? []).map((issue): FieldProblem => {
    const { path } = issue;
    const field = path[0] === 'country' || path[0] === 'areaCode' ? path[0] : 'extensions';
    return { rule: null, field, problem: problemOf(issue), blocks: true };
  });
  const wholeList = dialRulesShape.rules.safeParse(list).error?.issues.find(({ path }) => path.length === 0);
  if (wholeList !== undefined) {
    problems.push({ rule: null, field: 'rules', problem: problemOf(wholeList), blocks: true });
  }
  if (nationalPrefix(rules.country) === '0' && rules.areaCode.startsWith('0')) {
    problems.push({ rule: null, field: 'areaCode', problem: { code: 'zero-in-front' }, blocks: false });
  }
  return problems;
}

function problemsOfRule(rule: DialRule, index: number, rules: DialRules): FieldProblem[] {
  const issues = dialRuleSchema.safeParse(rule).error?.issues ?? [];
  const problems = issues.map((issue): FieldProblem => {
    const field = Object.keys(rule).find((key): key is RuleField => key === issue.path[0]);
    return { rule: rule.id, field: field ?? 'name', problem: problemOf(issue), blocks: true };
  });
  const before = rules.rules.slice(0, index);
  if (before.some(({ id }) => id === rule.id)) {
    problems.push({ rule: rule.id, field: 'id', problem: { code: 'id-taken' }, blocks: true });
  }
  if (problems.length > 0 || !rule.enabled) return problems;
  return [...adviceOnForm(rule, rules.country), ...adviceOnOrder(rule, before)].map(([field, problem]) => ({
    rule: rule.id,
    field,
    problem,
    blocks: false,
  }));
}

type Advice = [field: RuleField, problem: RuleProblem];

function adviceOnForm(rule: DialRule, country: string): Advice[] {
  const { target, form, internationalPrefix, outsidePrefix } = rule;
  const advice: Advice[] = [];
  const isNationalForm = form === 'national' || form === 'national-without-zero';
  if (country === '' && (target === 'national' || target === 'international' || isNationalForm)) {
    const field = isNationalForm && target === 'public' ? 'form' : 'target';
    advice.push([field, { code: 'country-unset' }]);
  }
  if (form === 'replacement') return [...advice, ...adviceOnReplacement(rule)];
  const includesForeign = target === 'public' || target === 'international';
  const plusStays = form === 'as-is' ? includesForeign || target === 'national' : isNationalForm && includesForeign;
  if (form === 'international-prefix' && internationalPrefix === '') {
    advice.push(['internationalPrefix', { code: 'international-prefix-empty' }]);
  } else if (plusStays && outsidePrefix !== '' && (form === 'as-is' || internationalPrefix === '')) {
    advice.push(
      form === 'as-is'
        ? ['form', { code: 'prefix-before-plus' }]
        : ['internationalPrefix', { code: 'international-prefix-kept' }],
    );
  }
  return advice;
}

function adviceOnReplacement({ target, pattern, replacement }: DialRule): Advice[] {
  if (replacement === '') return [['replacement', { code: 'replacement-empty' }]];
  const compiled = target === 'pattern' ? compilePattern(pattern) : null;
  const groups = compiled !== null && 'pattern' in compiled ? compiled.pattern.groups : 0;
  const missing = [...replacement.matchAll(/\$([0-9])/g)].find(([, group]) => Number(group) > groups);
  if (missing === undefined) return [];
  const code = target === 'pattern' ? 'group-unknown' : 'group-without-pattern';
  return [['replacement', { code, params: { group: missing[0] } }]];
}

/** Warns if an earlier rule takes all numbers of this one. Patterns are left out, because two cannot be compared. */
function adviceOnOrder({ target }: DialRule, before: readonly DialRule[]): Advice[] {
  const takesAll = before.find(
    (other) =>
      other.enabled &&
      target !== 'pattern' &&
      (other.target === target || (other.target === 'public' && (target === 'national' || target === 'international'))),
  );
  if (takesAll === undefined) return [];
  return [['target', { code: 'never-reached', params: { name: takesAll.name } }]];
}
