// The map: what /network.json says, drawn with sigma. It knows nothing of the page around it but its colours.
import { Graph, Sigma } from "../vendor/network.js";
import { lines } from "./lines.js";
import { Pointer } from "./pointer.js";
import { Bodies, SHAPES, Shapes } from "./shapes.js";

export const SIGNIFICANT = 0.05;
const MANY = 2000; // ties, above which most of them and the names are left out while the map moves
const FEW = 300; // ties that are drawn then, those of most weight
const RESTS = 300; // milliseconds after which a map that moved is at rest
const ROOM = 600; // bodies, above which they are drawn smaller
const CROWD = 5000; // ties, above which those not above expectation are drawn for the selected body alone

export function canDraw() {
  return Boolean(document.createElement("canvas").getContext("webgl2"));
}

// Colours and fonts of the page, which differ by light and dark.
function look() {
  const style = getComputedStyle(document.documentElement);
  const of = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  return {
    ink: of("--ink", "#1f2328"),
    paper: of("--raised", "#ffffff"),
    line: of("--edge", "#8a857a"),
    faint: of("--line", "#dcd8cd"),
    focus: of("--focus", "#b3541e"),
    font: of("--sans", "sans-serif"),
  };
}

// A colour that lets through what is below; sigma blends as if colours had been multiplied with their alpha.
function clear(hex, alpha) {
  const number = parseInt(hex.slice(1), 16);
  const parts = [number >> 16, (number >> 8) & 255, number & 255].map((part) => Math.round(part * alpha));
  return `rgba(${parts},${alpha})`;
}

// What one sees of a tie: points by how many doublings it passes expectation, as on the printed map; else a hair.
function width(tie) {
  return tie.strong ? 1.2 + 0.9 * Math.log2(Math.min(16, Math.max(1, times(tie)))) : 1.4;
}

const times = (tie) => (tie.expected > 0 ? (tie.pair ?? tie.shared) / tie.expected : 16);
const lighter = (one, other) => one.strong - other.strong || times(one) - times(other) || one.shared - other.shared;

export function graphOf(data) {
  const { bodies, ties } = data;
  const graph = new Graph({ type: data.directed ? "directed" : "undirected", multi: false });
  const top = Math.max(1, ...bodies.tasks);
  bodies.id.forEach((id, at) => {
    const group = data.groups[bodies.group[at]];
    graph.addNode(id, {
      x: bodies.x[at],
      y: bodies.y[at],
      size: 4 + 14 * Math.sqrt(bodies.tasks[at] / top),
      label: bodies.name[at],
      colour: group.colour,
      shape: Math.max(0, SHAPES.indexOf(group.marker)),
      group: group.key,
      tasks: bodies.tasks[at],
      led: bodies.led[at],
      supported: bodies.supported[at],
    });
  });
  const all = ties.source.map((source, at) => ({
    ends: [bodies.id[source], bodies.id[ties.target[at]]],
    shared: ties.shared[at],
    pair: ties.pair?.[at] ?? null,
    expected: ties.expected[at],
    p: ties.p[at],
    q: ties.q[at] ?? 1,
    strong: ties.q[at] !== null && ties.q[at] < SIGNIFICANT,
  }));
  all.sort(lighter).forEach(({ ends: [one, other], ...tie }, rank) => {
    graph.addEdgeWithKey(`${one}~${other}`, one, other, { ...tie, rank, size: width(tie) });
  });
  return graph;
}

export class NetworkMap {
  // filters: {q, least, kinds: Set}; body, tie: what is selected
  constructor(place, data) {
    this.filters = { q: null, least: 1, kinds: new Set() };
    this.body = this.tie = this.hovered = null;
    this.moving = this.lit = false;
    this.hidden = 0; // ties
    this.look = look();
    this.place = place;
    this.graph = graphOf(data);
    this.scale = this.fit();
    this.sigma = new Sigma(this.graph, place, {
      defaultNodeType: "body",
      nodeProgramClasses: { body: Bodies },
      nodeHoverProgramClasses: { body: Shapes },
      defaultEdgeType: "tie",
      edgeProgramClasses: this.programs(data),
      enableEdgeEvents: true,
      zIndex: true,
      minEdgeThickness: 0.6,
      labelFont: this.look.font,
      labelSize: 13,
      labelDensity: 0.6,
      labelGridCellSize: 90,
      labelRenderedSizeThreshold: 5,
      stagePadding: 56 * this.scale,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      defaultDrawNodeLabel: (context, node, settings) => this.drawLabel(context, node, settings),
      defaultDrawNodeHover: (context, node, settings) => this.drawHover(context, node, settings),
      nodeReducer: (id, own) => this.drawnBody(id, own),
      edgeReducer: (id, own) => this.drawnTie(id, own),
    });
    this.pointer = new Pointer(this.sigma);
    this.sigma.pickingLayers.clear(); // textures for what is below the pointer, made anew for each picture
    this.sigma.clear = () => this.clear();
    const renderLabels = this.sigma.renderLabels.bind(this.sigma);
    this.sigma.renderLabels = () => (this.moving ? this.sigma : renderLabels());
    this.sigma.on("afterProcess", () => this.processed());
    this.processed();
    this.sigma.on("enterNode", ({ node }) => this.light(node));
    this.sigma.on("leaveNode", () => this.light(null));
    this.sigma.getCamera().on("updated", () => this.moves());
    this.sigma.on("resize", () => {
      this.scale = this.fit();
      this.sigma.setSetting("stagePadding", 56 * this.scale);
    });
  }

  // How large bodies are drawn beside a few hundred on a map of 800 pixels: smaller on phones, and where there are many.
  fit() {
    const room = Math.min(1, Math.max(0.45, this.place.clientWidth / 800));
    return room * Math.min(1, Math.max(0.5, Math.sqrt(ROOM / this.graph.order)));
  }

  show(data) {
    this.graph = graphOf(data);
    if (!this.graph.hasNode(this.body)) this.body = null;
    if (!this.graph.hasEdge(this.tie)) this.tie = null;
    this.near = null;
    this.scale = this.fit();
    this.sigma.setGraph(this.graph); // before anything that draws
    this.sigma.setSetting("edgeProgramClasses", this.programs(data));
    this.select(this.body, this.tie);
  }

  // Layers that are empty are left out: without a graphics card to put each of them over the others takes long.
  light(hovered) {
    this.hovered = hovered;
    this.lit = Boolean(this.hovered || this.body || this.tie);
    this.place.classList.toggle("lit", this.lit);
  }

  clear() {
    const { nodes, hoverNodes } = this.sigma.webGLContexts;
    const { labels, hovers } = this.sigma.canvasContexts;
    const { width, height } = this.sigma.getDimensions();
    nodes.bindFramebuffer(nodes.FRAMEBUFFER, null);
    nodes.clear(nodes.COLOR_BUFFER_BIT);
    if (!this.moving) labels.clearRect(0, 0, width, height);
    if (!this.moving || this.lit) {
      hoverNodes.clear(hoverNodes.COLOR_BUFFER_BIT);
      hovers.clearRect(0, 0, width, height);
    }
    return this.sigma;
  }

  // While a large network moves, its names and most of its ties are left out; at rest all of it is there.
  moves() {
    if (this.graph.size <= MANY) return;
    this.moving = true;
    this.place.classList.add("moving");
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rests(), RESTS);
  }

  rests() {
    this.moving = false;
    this.place.classList.remove("moving");
    this.sigma.scheduleRender();
  }

  programs(data) {
    return { tie: lines(data.directed, () => (this.moving ? Math.max(this.hidden, this.graph.size - FEW) : this.hidden)) };
  }

  // Ties that are hidden come first, and are not sent to be drawn.
  processed() {
    this.hidden = this.graph.filterEdges((id) => this.sigma.getEdgeDisplayData(id)?.hidden).length;
  }

  // Colours of the page have changed.
  relook() {
    this.look = look();
    this.sigma.refresh({ skipIndexation: true });
  }

  filter(filters) {
    this.filters = filters;
    this.sigma.refresh({ skipIndexation: true });
  }

  select(body, tie) {
    this.body = body;
    this.tie = tie;
    this.near = body ? new Set([body, ...this.ties(body).map(([, other]) => other)]) : null;
    if (tie) this.near = new Set(this.graph.extremities(tie));
    this.light(this.hovered);
    const pointed = !this.crowded || Boolean(body || tie); // to look for a tie below the pointer takes long among many
    if (this.sigma.getSetting("enableEdgeEvents") !== pointed) this.sigma.setSetting("enableEdgeEvents", pointed);
    this.sigma.refresh({ skipIndexation: true });
  }

  get crowded() {
    return this.graph.size > CROWD;
  }

  keepsBody(id) {
    const { kinds } = this.filters;
    return !kinds.size || kinds.has(this.graph.getNodeAttribute(id, "group"));
  }

  keepsTie(id) {
    const { q, least } = this.filters;
    const own = this.graph.getEdgeAttributes(id);
    return own.shared >= least && (q === null || own.q < q) && this.graph.extremities(id).every((one) => this.keepsBody(one));
  }

  // The ties of a body that are shown: [tie, other body, attributes], most surprising first.
  ties(body) {
    return this.graph
      .edges(body)
      .filter((tie) => this.keepsTie(tie))
      .map((tie) => [tie, this.graph.opposite(body, tie), this.graph.getEdgeAttributes(tie)])
      .sort((one, other) => one[2].q - other[2].q || other[2].shared - one[2].shared);
  }

  counts() {
    return {
      bodies: this.graph.nodes().filter((id) => this.keepsBody(id)).length,
      ties: this.graph.edges().filter((id) => this.keepsTie(id)).length,
    };
  }

  drawnBody(id, own) {
    if (!this.keepsBody(id)) return { ...own, hidden: true };
    const near = !this.near || this.near.has(id);
    const chosen = id === this.body || (this.tie && near);
    return {
      ...own,
      size: own.size * this.scale,
      color: near ? own.colour : this.look.faint,
      label: near ? own.label : null,
      forceLabel: Boolean(this.near && near),
      highlighted: Boolean(chosen),
      zIndex: near ? 2 : 0,
    };
  }

  drawnTie(id, own) {
    const { strong, rank } = own;
    const others = this.tie || (this.body && !this.graph.hasExtremity(id, this.body));
    const left = !strong && this.crowded && !this.body;
    if (!this.keepsTie(id) || (id !== this.tie && (others || left))) return { ...own, hidden: true, zIndex: -1 };
    if (id === this.tie) return { ...own, color: this.look.focus, size: Math.max(3, own.size), zIndex: rank };
    return { ...own, color: strong ? clear(this.look.ink, 0.55) : clear(this.look.line, this.body ? 0.7 : 0.35), zIndex: rank };
  }

  drawLabel(context, node, settings) {
    if (!node.label) return;
    context.font = `${settings.labelSize}px ${this.look.font}`;
    context.textAlign = "center";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = this.look.paper;
    context.fillStyle = this.look.ink;
    const y = node.y + node.size + settings.labelSize;
    context.strokeText(node.label, node.x, y);
    context.fillText(node.label, node.x, y);
    context.textAlign = "start";
  }

  drawHover(context, node, settings) {
    context.beginPath();
    context.arc(node.x, node.y, node.size + 3.5, 0, 2 * Math.PI);
    context.lineWidth = 2.5;
    context.strokeStyle = this.look.focus;
    context.stroke();
    this.drawLabel(context, node, settings);
  }
}
