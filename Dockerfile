# The bot alone. docker build -t official-pages . && docker run --env-file .env -v official-pages:/data official-pages

FROM python:3.12-slim AS built
WORKDIR /source
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot bot
COPY directory directory
COPY seed seed
RUN python -m venv /bot && /bot/bin/pip install --no-cache-dir -c constraints.txt .

FROM python:3.12-slim
COPY --from=built /bot /bot
# The working folder is /data, so that data/ of the default DATABASE_URL is on the volume. Numeric, so
# that Kubernetes' runAsNonRoot can tell that it is not root.
RUN install -d -o 10001 -g 10001 /data /state /state/directory.backups
USER 10001:10001
WORKDIR /data
VOLUME ["/data", "/state"]
# One heap for all threads: each of thirty would keep one of its own, with gaps that no other fills.
ENV PATH=/bot/bin:$PATH PYTHONUNBUFFERED=1 WEB_PORT=8080 MALLOC_ARENA_MAX=1
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['WEB_PORT']}/healthz\", timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
