"""OPENAI_*."""

import json
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import NoDecode


class EndpointSettings(BaseModel):
    """One of OPENAI_FALLBACKS: another model that is asked when those before it fail.

    Without `base_url` and `api_key` it is on the same server with the same key; with an `api_key` alone it is OpenAI's;
    a `base_url` of another server is never sent the first one's key.
    """

    model_config = ConfigDict(extra="forbid")

    base_url: str | None = None
    api_key: SecretStr | None = None
    model: str = Field(min_length=1)
    price_input: float = Field(0.0, ge=0)
    price_output: float = Field(0.0, ge=0)
    extra_body: dict[str, Any] = {}


class OpenAISettings(BaseModel):
    """OPENAI_*: the model. Without a key or a base URL, answers are extracts."""

    api_key: SecretStr | None = Field(None, description="The key for the model server. Local servers mostly need none.")
    base_url: str | None = Field(
        None,
        description="Any OpenAI-compatible server, e.g. http://localhost:11434/v1 for Ollama. Empty: OpenAI's own.",
    )
    model: str = Field("gpt-4.1-mini", description="The model that writes answers.", min_length=1)
    timeout_seconds: float = Field(45.0, description="The longest time for one answer, retries included.", gt=0, le=600)
    planner_model: str | None = Field(
        None,
        description="The model that turns questions into search terms; a small, fast one does. Empty: OPENAI_MODEL.",
    )
    plan_seconds: float = Field(
        4.0,
        description="The longest time for that, before the answer begins. 0: the question's own words must do.",
        ge=0,
        le=30,
    )

    first_token_seconds: float = Field(
        20.0,
        description="The longest wait for the first word of an answer; then the next of OPENAI_FALLBACKS is asked.",
        gt=0,
        le=600,
    )
    extra_body: Annotated[dict[str, Any], NoDecode] = Field(
        {}, description='More fields for every request, as JSON, e.g. {"chat_template_kwargs": {"thinking": false}}.'
    )
    fallbacks: Annotated[list[EndpointSettings], NoDecode] = Field(
        [],
        description="Models asked in this order when the first one fails: a JSON list of objects with model and, where "
        "needed, base_url, api_key, extra_body, price_input, price_output. Without the first two, the same server.",
    )
    price_input: float = Field(0.0, description="What a million tokens of prompts cost with OPENAI_MODEL.", ge=0)
    price_output: float = Field(0.0, description="What a million tokens of answers cost with OPENAI_MODEL.", ge=0)

    @field_validator("extra_body", "fallbacks", mode="before")
    @classmethod
    def _from_json(cls, value: Any) -> Any:
        # Decoded here, since pydantic-settings tells broken JSON without the variable's name.
        if isinstance(value, str):
            try:
                return json.loads(value)
            except ValueError as error:
                raise ValueError("must be JSON") from error
        return value

    @property
    def configured(self) -> bool:
        """Whether there is a model to call."""
        return self.api_key is not None or self.base_url is not None

    @property
    def planner(self) -> str:
        """The name of the model that makes plans."""
        return self.planner_model or self.model
