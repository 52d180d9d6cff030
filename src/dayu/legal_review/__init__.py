"""法制审核: a reviewer who is not of the case examines exactly this substance before the organ decides."""
