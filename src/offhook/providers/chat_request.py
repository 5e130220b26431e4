"""A request in the form of OpenAI's chat completions, which many other vendors and servers take as well."""

import msgspec

from offhook.conversation.actions import ActionResult
from offhook.providers.llm import Request, Tool

_ROLES = {"caller": "user", "agent": "assistant"}
_GO_ON = (
    "\n\nYour reply has already begun: the last assistant message is what the caller has been told of it so far. "
    "Go on exactly where it stops. Do not repeat any of it, do not greet, do not apologize."
)


def conversation(request: Request) -> dict[str, object]:
    """The `messages` and, where there are any, the `tools` of a request's body."""
    body: dict[str, object] = {"messages": _messages(request)}
    if request.tools:
        body["tools"] = [_tool(tool) for tool in request.tools]
    return body


def _messages(request: Request) -> list[dict[str, object]]:
    messages: list[dict[str, object]] = [
        {"role": "system", "content": request.system + (_GO_ON if request.begun else "")}
    ]
    messages.extend({"role": _ROLES[said.speaker], "content": said.text} for said in request.history)
    if request.begun or request.results:
        own: dict[str, object] = {"role": "assistant", "content": request.begun or None}
        if request.results:
            own["tool_calls"] = [_call(result) for result in request.results]
        messages.append(own)
        messages.extend(
            {"role": "tool", "tool_call_id": result.action.id, "content": _told(result)} for result in request.results
        )
    return messages


def _call(result: ActionResult) -> dict[str, object]:
    action = result.action
    arguments = msgspec.json.encode(action.arguments).decode()
    return {"id": action.id, "type": "function", "function": {"name": action.kind.value, "arguments": arguments}}


def _told(result: ActionResult) -> str:
    """What the model is told of an action's end."""
    facts: dict[str, object] = {"done": result.problem is None, **result.facts}
    if result.receipt is not None:
        facts |= {"receipt": result.receipt.id, **result.receipt.facts}
    if result.problem is not None:
        facts["problem"] = result.problem
    if result.slots:
        facts["slots"] = result.slots
    return msgspec.json.encode(facts).decode()


def _tool(tool: Tool) -> dict[str, object]:
    function = {"name": tool.name, "description": tool.description, "parameters": tool.parameters}
    return {"type": "function", "function": function}
