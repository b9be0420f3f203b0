/**
 * Finds the parts of a drawing by the names that its source gives them, so that trace events can light them up.
 * Runs in the panel's page. Mermaid's own marks are read here and nowhere else; each part found is marked with
 * `data-part`, its logical id.
 *
 *   flowchart   node `X`, subgraph `pool`, edge `e1` (written `A e1@--> B`) with its label
 *   state       state `Idle`; transitions have no names
 *   sequence    participant `A` (box and life-line), message `i0`, `i1` … in order
 *   class       class `Pool`
 */
export type DiagramIndex = ReadonlyMap<string, readonly Element[]>;

const named = '[data-edge="true"][data-id], g.label[data-id], [data-et][data-id]';
const numbered = /^(?:flowchart|state|classId)-(.+?)-\d+$/;

export function indexDiagram(drawing: SVGElement): DiagramIndex {
  const index = new Map<string, Element[]>();

  function add(id: string, element: Element): void {
    if (id === "") return;
    const parts = index.get(id) ?? [];
    if (!parts.includes(element)) parts.push(element);
    index.set(id, parts);
    element.setAttribute("data-part", id);
  }

  for (const element of drawing.querySelectorAll(named)) add(element.getAttribute("data-id") ?? "", element);
  const prefix = `${drawing.id}-`;
  for (const element of drawing.querySelectorAll("g.node[id], g.cluster[id], g.statediagram-cluster[id]")) {
    const id = element.id.startsWith(prefix) ? element.id.slice(prefix.length) : element.id;
    add(numbered.exec(id)?.[1] ?? id, element);
  }
  return index;
}
