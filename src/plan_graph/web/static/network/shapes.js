// How bodies are drawn on the map: a shape for each group, by a signed distance in the fragment shader, so that shapes
// stay sharp at every size and groups differ without colour.
import { NodeProgram, floatColor } from "../vendor/network.js";
import { steady } from "./steady.js";

export const SHAPES = ["o", "s", "^", "D", "p", "v", "X"]; // as the printed figures have them

const VERTEX = `
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec2 v_at;
varying float v_shape;
varying float v_pixel;

void main() {
  float radius = a_size * u_correctionRatio / u_sizeRatio * 2.0;
  vec2 place = a_position + a_corner * 1.3 * radius;
  gl_Position = vec4((u_matrix * vec3(place, 1)).xy, 0, 1);
  v_at = a_corner * 1.3;
  v_shape = a_shape;
  v_pixel = 1.0 / a_size * u_sizeRatio;
  v_color = a_color;
  v_color.a *= 255.0 / 254.0;
}`;

const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec2 v_at;
varying float v_shape;
varying float v_pixel;

// distances to regular polygons whose corners are at distance 1, one of them above: the farthest of their sides
float triangle(vec2 at) {
  return max(abs(at.x) * 0.8660 + at.y * 0.5, -at.y) - 0.5;
}

float pentagon(vec2 at) {
  float x = abs(at.x);
  return max(max(x * 0.5878 + at.y * 0.8090, x * 0.9511 - at.y * 0.3090), -at.y) - 0.8090;
}

float outside(vec2 at) {
  if (v_shape < 0.5) return length(at) - 1.0;
  if (v_shape < 1.5) return max(abs(at.x), abs(at.y)) - 0.86;
  if (v_shape < 2.5) return triangle(at * 0.85);
  if (v_shape < 3.5) return (abs(at.x) + abs(at.y) - 1.2) * 0.7071;
  if (v_shape < 4.5) return pentagon(at * 0.92);
  if (v_shape < 5.5) return triangle(vec2(at.x, -at.y) * 0.85);
  vec2 turned = abs(vec2(at.x + at.y, at.x - at.y) * 0.7071);
  return max(min(turned.x, turned.y) - 0.36, max(turned.x, turned.y) - 1.1);
}

void main() {
  gl_FragColor = mix(v_color, vec4(0.0), smoothstep(-v_pixel, v_pixel, outside(v_at)));
}`;

const CORNERS = [[0, 2], [Math.sqrt(3), -1], [-Math.sqrt(3), -1]]; // around a circle: one triangle is half of two

export class Shapes extends steady(NodeProgram) {
  getDefinition() {
    const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
    return {
      VERTICES: 3,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_shape", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_corner", size: 2, type: FLOAT },
      ],
    };
  }

  processVisibleItem(_, at, data) {
    const own = [data.x, data.y, data.size, data.shape, floatColor(data.color)];
    CORNERS.forEach((corner, number) => this.array.set([...own, ...corner], at + number * (own.length + 2)));
  }

  setUniforms({ sizeRatio, correctionRatio, matrix }, { gl, uniformLocations }) {
    gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio);
    gl.uniform1f(uniformLocations.u_correctionRatio, correctionRatio);
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
  }
}

// The bodies of the map, drawn after the ties, when those say so.
export class Bodies extends Shapes {
  render() {}

  draw(parameters) {
    super.render(parameters);
  }
}
