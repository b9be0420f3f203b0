/** A chart's numbers as a table, for who cannot or does not want to read the chart. Runs in the playground's page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { usePlayground } from "./context.ts";

export interface NumberTableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export function NumberTable({ caption, columns, rows }: NumberTableProps): JSX.Element {
  const { strings } = usePlayground();
  /** Rows are made only where they are looked at: charts change many times a second. */
  const [open, setOpen] = useState(false);
  return (
    <details
      class="number-table"
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary>
        {strings.asTable}
        <span class="for-screen-reader">: {caption}</span>
      </summary>
      {open && (
        <div class="table-box" tabIndex={0} role="region" aria-label={caption}>
          <table>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, place) => (
                <tr key={place}>
                  {row.map((cell, column) => (
                    <td key={column}>{typeof cell === "number" ? Math.round(cell * 10) / 10 : cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
