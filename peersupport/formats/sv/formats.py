DATE_INPUT_FORMATS = ["%Y-%m-%d"]  # Django's Swedish takes the American order as well
