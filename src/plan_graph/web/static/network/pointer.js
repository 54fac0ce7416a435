// What is below the pointer, found by where things are: to read it off what was drawn would wait for the drawing each
// time the pointer moves, a tenth of a second without a graphics card.
const REACH = 4; // pixels beside a line, and the least radius of a body, that still count

export class Pointer {
  constructor(sigma) {
    this.sigma = sigma;
    sigma.getNodeAtPosition = (at) => this.body(at);
    sigma.getEdgeAtPoint = (x, y) => this.tie({ x, y });
  }

  // Where a body is on the screen, and its radius there; nothing of one that is not shown.
  spot(id) {
    const shown = this.sigma.getNodeDisplayData(id);
    if (!shown || shown.hidden) return null;
    return { ...this.sigma.framedGraphToViewport(shown), radius: Math.max(REACH, this.sigma.scaleSize(shown.size)) };
  }

  body({ x, y }) {
    let found = null;
    let least = 1;
    this.sigma.getGraph().forEachNode((id) => {
      const spot = this.spot(id);
      const far = spot ? Math.hypot(spot.x - x, spot.y - y) / spot.radius : 2;
      if (far <= least) [found, least] = [id, far];
    });
    return found;
  }

  tie({ x, y }) {
    const graph = this.sigma.getGraph();
    const spots = new Map(graph.nodes().map((id) => [id, this.spot(id)]));
    let found = null;
    let best = -Infinity;
    graph.forEachEdge((id, _, source, target) => {
      const [one, other] = [spots.get(source), spots.get(target)];
      if (!one || !other || x < Math.min(one.x, other.x) - REACH || x > Math.max(one.x, other.x) + REACH) return;
      const shown = this.sigma.getEdgeDisplayData(id);
      if (shown.hidden) return;
      const [across, down] = [other.x - one.x, other.y - one.y];
      const along = ((x - one.x) * across + (y - one.y) * down) / (across ** 2 + down ** 2 || 1);
      const at = Math.min(1, Math.max(0, along));
      const far = Math.hypot(one.x + at * across - x, one.y + at * down - y);
      const above = Number(shown.strong) - far / 100; // of lines within reach one above expectation, then the nearest
      if (far <= Math.max(REACH, this.sigma.scaleSize(shown.size) / 2) && above > best) [found, best] = [id, above];
    });
    return found;
  }
}
