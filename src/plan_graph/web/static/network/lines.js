// How ties are drawn on the map: a line of its width, with a head where it has a direction. They are in the order in
// which they are drawn, those of most weight last, so that fewer can be drawn while the map moves.
import { EdgeRectangleProgram, floatColor } from "../vendor/network.js";
import { steady } from "./steady.js";

const VERTEX = `
attribute vec2 a_position;
attribute vec2 a_along;
attribute float a_size;
attribute float a_side;
attribute float a_back;
attribute float a_radius;
attribute vec4 a_color;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
uniform float u_least;
varying vec4 v_color;
varying float v_side;
varying float v_half;

void main() {
  float size = max(a_size, u_least * u_sizeRatio);
  float unit = u_correctionRatio / u_sizeRatio;
  vec2 across = vec2(-a_along.y, a_along.x);
  vec2 place = a_position - a_along * unit * (a_radius * 2.0 + a_back * size) + across * unit * size * a_side;
  gl_Position = vec4((u_matrix * vec3(place, 1)).xy, 0, 1);
  v_side = abs(a_side) > 1.0 ? 0.0 : a_side; // a head has no soft edge
  v_half = size / u_sizeRatio / 2.0;
  v_color = a_color;
  v_color.a *= 255.0 / 254.0;
}`;

const FRAGMENT = `
precision mediump float;
varying vec4 v_color;
varying float v_side;
varying float v_half;
uniform float u_feather;

void main() {
  gl_FragColor = mix(v_color, vec4(0.0), smoothstep(v_half - u_feather, v_half, abs(v_side) * v_half));
}`;

const HEAD = 5; // length of a head in half widths of its line
const LINE = [[0, -1], [0, 1], [1, -1], [1, -1], [0, 1], [1, 1]]; // which end, which side
const TIP = [[0, 0], [HEAD, -2], [HEAD, 2]]; // how far back, which side

// ``few()`` tells from which tie on they are drawn.
export const lines = (directed, few) =>
  class extends steady(EdgeRectangleProgram) {
    constructor(gl, _, renderer) {
      super(renderer.webGLContexts.nodes, null, renderer); // the canvas of the bodies: each canvas more is put over it
      this.renderer = renderer;
    }

    getDefinition() {
      const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
      return {
        VERTICES: LINE.length + (directed ? TIP.length : 0),
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: TRIANGLES,
        UNIFORMS: ["u_matrix", "u_sizeRatio", "u_correctionRatio", "u_least", "u_feather"],
        ATTRIBUTES: [
          { name: "a_position", size: 2, type: FLOAT },
          { name: "a_along", size: 2, type: FLOAT },
          { name: "a_size", size: 1, type: FLOAT },
          { name: "a_side", size: 1, type: FLOAT },
          { name: "a_back", size: 1, type: FLOAT },
          { name: "a_radius", size: 1, type: FLOAT },
          { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
      };
    }

    processVisibleItem(_, start, from, to, { color, size }) {
      const [x, y] = [to.x - from.x, to.y - from.y];
      const long = Math.hypot(x, y) || 1;
      const along = [x / long, y / long];
      const own = floatColor(color);
      let at = start;
      const vertex = (end, side, back, radius) => {
        this.array.set([end.x, end.y, ...along, size, side, back, radius, own], at);
        at += 9;
      };
      for (const [end, side] of LINE) {
        const headed = directed && end;
        vertex(end ? to : from, side, headed ? HEAD : 0, headed ? to.size : 0);
      }
      if (directed) for (const [back, side] of TIP) vertex(to, side, back, to.size);
    }

    setUniforms({ matrix, sizeRatio, correctionRatio, minEdgeThickness, antiAliasingFeather, pixelRatio }, { gl, uniformLocations }) {
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
      gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio);
      gl.uniform1f(uniformLocations.u_correctionRatio, correctionRatio);
      gl.uniform1f(uniformLocations.u_least, minEdgeThickness);
      gl.uniform1f(uniformLocations.u_feather, antiAliasingFeather / pixelRatio);
    }

    first() {
      return few();
    }

    // Bodies stand above ties: sigma would draw them before.
    render(parameters) {
      super.render(parameters);
      this.renderer.nodePrograms.body.draw(parameters);
    }
  };
