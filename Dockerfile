# The two steps of `make install`, in an image: a venv from the hash-locked list, then ttx itself.
#
#   docker build -t ttx .
#   docker run -p 8000:8000 -v ttx-data:/data ttx

FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /opt/ttx \
    && /opt/ttx/bin/python -m pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY pyproject.toml LICENSE ./
COPY ttx ttx
COPY frontend frontend
COPY scenarios scenarios
RUN /opt/ttx/bin/python -m pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home ttx && install -d -o ttx -g ttx -m 700 /data
COPY --from=build /opt/ttx /opt/ttx
ENV PATH=/opt/ttx/bin:$PATH PYTHONUNBUFFERED=1
USER ttx
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=4s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["ttx", "serve", "--data", "/data", "--host", "0.0.0.0"]
