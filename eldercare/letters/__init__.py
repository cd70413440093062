"""公函: letters that ask for data or follow a task, with the workbook that goes along. A draft for a unit to number and seal."""
