"""Rivers (河湖名录): the register of rivers and lakes and their reaches; leads and cases name them as places."""
