// A program whose data goes to the graphics card when it has changed, not for each picture: a map that is only looked at
// from elsewhere has the same bodies and ties. Nothing is drawn a second time to be pointed at (pointer.js finds that),
// and each item has its own vertices: a few vertices drawn again and again for each (instancing) cost a start each.
export const steady = (Program) =>
  class extends Program {
    constructor(gl, _, renderer) {
      super(gl, null, renderer);
      this.sent = 0; // how often the data went over
      this.drawn = 0; // items of the last picture
    }

    reallocate(capacity) {
      super.reallocate(capacity);
      this.changed = true;
    }

    process(...item) {
      super.process(...item);
      this.changed = true;
    }

    bindProgram(program) {
      const { gl, buffer } = program;
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      let offset = 0;
      for (const attribute of this.ATTRIBUTES) offset += this.bindAttribute(attribute, program, offset);
      if (this.changed) {
        gl.bufferData(gl.ARRAY_BUFFER, this.array, gl.STATIC_DRAW);
        this.sent += 1;
        this.changed = false;
      }
      gl.bindBuffer(gl.ARRAY_BUFFER, null);
    }

    drawWebGL(method, { gl }) {
      const first = Math.min(this.first(), this.capacity);
      this.drawn = this.capacity - first;
      gl.bindFramebuffer(gl.FRAMEBUFFER, null);
      gl.drawArrays(method, first * this.VERTICES, this.drawn * this.VERTICES);
    }

    // The first item that is drawn.
    first() {
      return 0;
    }
  };
