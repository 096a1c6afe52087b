"""Swedish as Django has it, but without the American order in the fields of forms."""

DATE_INPUT_FORMATS = ["%Y-%m-%d"]
