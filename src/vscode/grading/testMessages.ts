/** Verdicts as what the Test Explorer shows: messages at a line, and output as a terminal wants it. Extension host. */
import * as vscode from "vscode";
import { diagnoses } from "../../core/verdict/diagnoses.ts";
import { formatInstant, tellEvent } from "../../core/verdict/lessonStory.ts";
import { describeOrders } from "../../core/verdict/lessonVerdictText.ts";
import type { Failure, GradeError, SourcePosition, TestVerdict } from "../../protocol/verdict.ts";
import type { Locale } from "../../protocol/words.ts";

export function failureMessage(
  failure: Failure,
  exercise: vscode.Uri,
  locale: Locale,
  fallback: vscode.Range | undefined,
): vscode.TestMessage {
  const { title } = diagnoses[failure.diagnosis];
  const text = `${title[locale]}: ${failure.message[locale]}`;
  const message =
    failure.expected === undefined || failure.actual === undefined
      ? new vscode.TestMessage(text)
      : vscode.TestMessage.diff(text, failure.expected, failure.actual);
  if (failure.source !== undefined) message.location = new vscode.Location(exercise, positionOf(failure.source));
  else if (fallback !== undefined) message.location = new vscode.Location(exercise, fallback);
  message.contextValue = failure.diagnosis;
  return message;
}

export function errorMessage(error: GradeError, exercise: vscode.Uri, locale: Locale): vscode.TestMessage {
  const message = new vscode.TestMessage(error.message[locale]);
  const position = error.source === undefined ? new vscode.Position(0, 0) : positionOf(error.source);
  message.location = new vscode.Location(exercise, position);
  return message;
}

/** Lines end with CRLF, as terminals need it. */
export function testOutput(verdict: TestVerdict, locale: Locale): string {
  const { failure } = verdict;
  const mark = verdict.status === "passed" ? "✓" : "✗";
  const lines = [`${mark} ${verdict.title[locale]} (${describeOrders(verdict.schedules, locale)})`];
  if (failure !== undefined) {
    lines.push(`  ${diagnoses[failure.diagnosis].title[locale]}: ${failure.message[locale]}`);
    lines.push(`  ${failure.schedule}`);
    lines.push(...failure.trace.map((event) => `  ${formatInstant(event.at, locale)}  ${tellEvent(event, locale)}`));
  }
  lines.push(...verdict.output.map((line) => `  | ${line}`));
  return lines.flatMap((line) => line.split(/\r?\n/)).join("\r\n") + "\r\n";
}

export function positionOf(source: SourcePosition): vscode.Position {
  return new vscode.Position(Math.max(0, source.line - 1), Math.max(0, source.column - 1));
}
