# The image that runs Jack: one bundle on Node 24, no source, no npm, not root.
# Its root file system may be read-only; only /data (the embedded database) must be writable.

FROM node:24-slim AS build
WORKDIR /jack
# The workspace's own package file must be there for npm ci; its code is not needed.
COPY package.json package-lock.json ./
COPY sandbox/package.json sandbox/package.json
# No package needs its install script: esbuild and Node arrive as optional packages.
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY src src
RUN npm run -s build

FROM node:24-slim
ENV NODE_ENV=production \
    JACK_CONFIG=/config/jack.yml \
    JACK_DATA=/data \
    HEALTH_PORT=8080
WORKDIR /jack
COPY --from=build /jack/dist/jack.js jack.mjs
COPY LICENSE NOTICE ./
RUN mkdir /data /config && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HEALTH_PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1 and gets SIGTERM, which drains.
ENTRYPOINT ["node", "jack.mjs"]
