FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/paperbot
ENV PATH="/opt/paperbot/bin:$PATH"
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY prompts prompts
COPY bot bot
RUN pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home paperbot && install -d -o paperbot -g paperbot /data
COPY --from=build /opt/paperbot /opt/paperbot
ENV PATH="/opt/paperbot/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    STORE_PATH=/data/paperbot.db
USER 10001
WORKDIR /data
VOLUME /data
ENTRYPOINT ["paperbot"]
CMD ["run"]
