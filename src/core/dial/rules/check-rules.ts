import type { DialRule, DialRules } from '../../../shared/dial-rules.ts';
import type { RuleField, RuleProblem } from '../../../shared/rule-bench.ts';
import { compilePattern } from '../../numbers/compile-pattern.ts';
import { nationalPrefix } from './national-form.ts';
import { dialRuleSchema, dialRulesSchema, dialRulesShape } from './rule-schema.ts';

/**
 * Everything that can be said against a draft, in the order of its fields: first what the settings would not take,
 * then what is allowed and probably not meant, of rules that are on.
 */
export function checkRules(rules: DialRules): RuleProblem[] {
  return [...ofShared(rules), ...rules.rules.flatMap((rule, index) => ofRule(rule, index, rules))];
}

function ofShared(rules: DialRules): RuleProblem[] {
  const { rules: list, ...shared } = rules;
  const checked = dialRulesSchema.omit({ rules: true }).safeParse(shared);
  const problems = (checked.error?.issues ?? []).map(({ path, message }): RuleProblem => {
    const field = path[0] === 'country' || path[0] === 'areaCode' ? path[0] : 'extensions';
    return { rule: null, field, message, blocks: true };
  });
  const wholeList = dialRulesShape.rules.safeParse(list).error?.issues.find(({ path }) => path.length === 0);
  if (wholeList !== undefined) problems.push({ rule: null, field: 'rules', message: wholeList.message, blocks: true });
  if (nationalPrefix(rules.country) === '0' && rules.areaCode.startsWith('0')) {
    problems.push({ rule: null, field: 'areaCode', message: 'Leave out the 0 in front.', blocks: false });
  }
  return problems;
}

function ofRule(rule: DialRule, index: number, rules: DialRules): RuleProblem[] {
  const issues = dialRuleSchema.safeParse(rule).error?.issues ?? [];
  const problems = issues.map(({ path, message }): RuleProblem => {
    const field = Object.keys(rule).find((key): key is RuleField => key === path[0]);
    return { rule: rule.id, field: field ?? 'name', message, blocks: true };
  });
  const before = rules.rules.slice(0, index);
  if (before.some(({ id }) => id === rule.id)) {
    problems.push({ rule: rule.id, field: 'id', message: 'Another rule has that id.', blocks: true });
  }
  if (problems.length > 0 || !rule.enabled) return problems;
  return [...adviceOnForm(rule, rules.country), ...adviceOnOrder(rule, before)].map(([field, message]) => ({
    rule: rule.id,
    field,
    message,
    blocks: false,
  }));
}

type Advice = [field: RuleField, message: string];

function adviceOnForm(rule: DialRule, country: string): Advice[] {
  const { target, form, internationalPrefix, outsidePrefix } = rule;
  const advice: Advice[] = [];
  const isNationalForm = form === 'national' || form === 'national-without-zero';
  if (country === '' && (target === 'national' || target === 'international' || isNationalForm)) {
    const field = isNationalForm && target === 'public' ? 'form' : 'target';
    advice.push([field, 'Choose your country first: without it no number is national or international.']);
  }
  if (form === 'replacement') return [...advice, ...adviceOnReplacement(rule)];
  const abroad = target === 'public' || target === 'international';
  const plusStays = form === 'as-is' ? abroad || target === 'national' : isNationalForm && abroad;
  if (form === 'international-prefix' && internationalPrefix === '') {
    advice.push(['internationalPrefix', 'Write the digits that stand for the +, such as 00.']);
  } else if (plusStays && outsidePrefix !== '' && (form === 'as-is' || internationalPrefix === '')) {
    advice.push(
      form === 'as-is'
        ? ['form', 'Nothing can be dialled in front of a +. Choose a form without it.']
        : ['internationalPrefix', 'Write the digits that stand for the + of other countries, such as 00.'],
    );
  }
  return advice;
}

function adviceOnReplacement({ target, pattern, replacement }: DialRule): Advice[] {
  if (replacement === '') return [['replacement', 'Write what is dialled instead.']];
  const compiled = target === 'pattern' ? compilePattern(pattern) : null;
  const groups = compiled !== null && 'pattern' in compiled ? compiled.pattern.groups : 0;
  const missing = [...replacement.matchAll(/\$([0-9])/g)].find(([, group]) => Number(group) > groups);
  if (missing === undefined) return [];
  const why = target === 'pattern' ? 'The pattern has' : 'Without a pattern there is';
  return [['replacement', `${why} no group ${missing[0]}. $0 stands for the whole number.`]];
}

/** A rule that an earlier one leaves nothing to. Two patterns cannot be compared. */
function adviceOnOrder({ target }: DialRule, before: readonly DialRule[]): Advice[] {
  const takesAll = before.find(
    (other) =>
      other.enabled &&
      target !== 'pattern' &&
      (other.target === target || (other.target === 'public' && (target === 'national' || target === 'international'))),
  );
  if (takesAll === undefined) return [];
  return [['target', `Never reached: “${takesAll.name}” above is for the same numbers. Move this rule up.`]];
}
