import type { RecordView } from "../../src/serve/index.ts";
import { plain, valueText } from "../words.ts";

/** Records side by side, a row a field: rows in which they differ are marked. */
export function RecordTable({ records }: { records: readonly RecordView[] }) {
  const fields = [...new Set(records.flatMap((record) => Object.keys(record.values)))];
  const filled = fields.filter((field) => records.some((record) => valueText(record.values[field]) !== ""));
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Records side by side">
      <table class="records">
        <thead>
          <tr>
            <th scope="col">
              <span class="hidden">field</span>
            </th>
            {records.map((record) => (
              <th scope="col" key={`${record.source}/${record.id}`} style={{ width: `${100 / records.length}%` }}>
                {record.source}
                <small>{record.id}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {filled.map((field) => (
            <tr key={field} class={differs(records, field) ? "differs" : ""}>
              <th scope="row">{plain(field)}</th>
              {records.map((record) => (
                <Value key={`${record.source}/${record.id}`} text={valueText(record.values[field])} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What a record does not say differs from nothing: it is left unmarked. */
function Value({ text }: { text: string }) {
  return text === "" ? <td class="unsaid" /> : <td>{cut(text)}</td>;
}

/** Two values differ when both are there and are not the same but for case. */
function differs(records: readonly RecordView[], field: string): boolean {
  const values = records.map((record) => valueText(record.values[field]).toLowerCase()).filter((text) => text !== "");
  return new Set(values).size > 1;
}

function cut(text: string): string {
  return text.length > 240 ? `${text.slice(0, 239)}…` : text;
}
