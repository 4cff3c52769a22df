"""Files kept under a case, a piece of work, a meeting, a sealed file or a draft of the hall.

One table says what each file is; its bytes lie encrypted on disk under a key of their own. Apps
above register who may see and add (`subjects`); nothing is taken in that was not looked into
(`checks`), and nothing is given out that waits for the virus scanner (`scanning`).
"""
