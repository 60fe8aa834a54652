// A camera for pictures of screens: a street at night, drawn in the page. Nobody in it is anybody.

/** Runs before the page; from then on its camera shows the street. */
export const STREET = `{
  const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 })
  const context = canvas.getContext('2d')
  const fill = (colour, x, y, width, height) => {
    context.fillStyle = colour
    context.fillRect(x, y, width, height)
  }
  const person = (x, y, size, colour) => {
    fill(colour, x - size * 0.22, y - size * 0.72, size * 0.44, size * 0.45)
    fill(colour, x - size * 0.18, y - size * 0.3, size * 0.14, size * 0.3)
    fill(colour, x + size * 0.04, y - size * 0.3, size * 0.14, size * 0.3)
    context.beginPath()
    context.arc(x, y - size * 0.84, size * 0.12, 0, 7)
    context.fill()
  }
  let pictures = 0
  const draw = () => {
    const sky = context.createLinearGradient(0, 0, 0, 430)
    sky.addColorStop(0, '#1b2a44')
    sky.addColorStop(1, '#8a5a44')
    fill(sky, 0, 0, 1280, 430)
    for (let i = 0; i < 9; i++) {
      fill(i % 2 ? '#2a2f3a' : '#343a46', i * 150 - 20, 90 + ((i * 53) % 110), 150, 400)
      for (let j = 0; j < 12; j++) {
        const lit = (i * 7 + j * 5) % 4 === 0
        fill(lit ? '#e8c27a' : '#20242d', i * 150 + (j % 3) * 40, 230 + Math.floor(j / 3) * 50, 22, 28)
      }
    }
    fill('#3d4147', 0, 430, 1280, 290)
    fill('#565b63', 0, 430, 1280, 18)
    fill('#e6e9ee', 560, 320, 330, 150)
    fill('#aab4c2', 580, 335, 120, 60)
    fill('#16191e', 610, 455, 66, 40)
    fill('#16191e', 790, 455, 66, 40)
    fill('#ffffff', 690, 420, 104, 24)
    context.fillStyle = '#16191e'
    context.font = '700 18px sans-serif'
    context.fillText('AB-123-CD', 693, 439)
    fill(pictures % 20 < 10 ? '#4d9bff' : '#26508a', 640, 302, 60, 18)
    const step = Math.sin(pictures / 6) * 6
    for (const [x, y, size] of [[300, 560, 190], [520, 545, 175], [1000, 550, 180]]) {
      person(x + step, y, size, '#14181f')
    }
    person(690 - step, 560, 190, '#6b3832')
    pictures++
  }
  draw()
  setInterval(draw, 1000 / 15)
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async ({ audio, video }) => {
    const stream = video ? canvas.captureStream(15) : new MediaStream()
    if (audio) for (const track of (await ask({ audio })).getTracks()) stream.addTrack(track)
    return stream
  }
}`
